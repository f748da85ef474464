/** English function words whose rates tell writers apart (after Mosteller and Wallace, 1964). */
export const FUNCTION_WORDS: readonly string[] = (
  'the of and to a in that is was he for it with as his on be at by i this had not are but from or have an they ' +
  'which one you were her all she there would their we him been has when who will more no if out so said what up ' +
  'its about into than them can only other new some could these two may then do first any my now such like our over ' +
  'me even most after also did many before must through where much your well down should because each just those how ' +
  'too very still own while never upon though again always however perhaps really quite actually'
).split(' ');
