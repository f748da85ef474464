import { languageOf } from './language.js';

it.each([
  ['The pump runs at dawn and the garden is watered twice a day.', 'en'],
  ['THE PUMP RUNS AT DAWN AND IT IS LOUD.', 'en'],
  ["I don't know what you mean.", 'en'],
  ['Die Pumpe läuft am Morgen und der Garten wird zweimal am Tag gegossen.', 'other'],
  ['La bomba funciona al amanecer y el jardín se riega dos veces al día.', 'other'],
  ['La pompe marche à l’aube et le jardin est arrosé deux fois par jour.', 'other'],
  ['A bomba funciona de manhã e o jardim não é regado à noite.', 'other'],
  ['De pomp draait in de ochtend en het is niet stil in de tuin.', 'other'],
  ['ポンプは夜明けに動き、庭に水をやる。', 'other'],
  ['泵在黎明时运行。', 'other'],
  ['המשאבה פועלת עם שחר', 'other'],
  ['Насос работает на рассвете.', 'other'],
  ['', 'unknown'],
  ['42', 'unknown'],
  ['🎉🎉🎉', 'unknown'],
  ['Pumps', 'unknown'],
  ['\ud800', 'unknown'],
  ['const total = items.map(price).filter(Boolean).reduce(add, 0); export default total', 'unknown'],
])('takes %j for %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});

it('goes by what most of a mixed text is', () => {
  expect(languageOf('She said "ja, das ist gut" and that was the end of it for all of us.')).toBe('en');
  expect(languageOf('Er hat "that is it" gesagt und ist dann mit dem Rad nach Hause gefahren.')).toBe(
    'other',
  );
});
