import { detectLanguage } from './detect-language.js';

describe('detectLanguage', () => {
  it.each([
    ['en', 'We put the tomatoes into the shed because of the frost.'],
    ['de', 'Wir haben die Tomaten wegen des Frosts in den Schuppen gestellt.'],
    ['fr', 'Nous avons rentré les tomates dans la cabane à cause du gel.'],
    ['es', 'Pusimos los tomates en el cobertizo por la helada.'],
    ['it', 'Abbiamo messo i pomodori nella rimessa per il gelo, ma non tutti.'],
    ['pt', 'Nós guardamos os tomates no barracão por causa da geada, mas não todos.'],
    ['nl', 'We hebben de tomaten in het schuurtje gezet vanwege de vorst.'],
    ['sv', 'Vi har ställt tomaterna i skjulet och det var kallt.'],
    ['fi', 'Tomaatit ovat vajassa, mutta se ei ole kylmä kuin yöllä.'],
    ['ru', 'Мы поставили помидоры в сарай, и это было не зря.'],
    ['ja', '霜が降りたので、トマトを小屋に入れました。'],
    ['zh', '因为霜冻，我们把西红柿放进了棚子。'],
    ['ko', '서리가 내려서 토마토를 창고에 넣었다.'],
    ['el', 'Βάλαμε τις ντομάτες στην αποθήκη.'],
  ])('tells %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each(['', '12:30', 'tomatoes', 'La Paz', 'en Pelham Parkway', 'greenhouse heating'])(
    'leaves open what %j is',
    (text) => {
      expect(detectLanguage(text)).toBeNull();
    },
  );

  it('goes by distinct words: one that is repeated may be a name', () => {
    expect(detectLanguage('la la la la')).toBeNull();
  });
});
