const words = (list: string): readonly string[] => list.trim().split(/\s+/u);

/**
 * English function words by class: closed classes and the adverbs that carry stance, order and degree. Their rates tell
 * writers apart and say little about the topic (Mosteller and Wallace 1964; Burrows 2002). Order is part of the profile
 * format: add at the end of the last class only, and raise `VOICE_VERSION`.
 */
export const STYLE_WORDS: readonly string[] = [
  // Articles, determiners, quantifiers.
  ...words(
    `the a an this that these those each every either neither both all any some no none many much more most few fewer
    several little less least enough another other others such same own half lot lots plenty one ones two three first
    second last next only`,
  ),
  // Pronouns.
  ...words(
    `i me my mine myself you your yours yourself we us our ours ourselves he him his himself she her hers herself it its
    itself they them their theirs themselves who whom whose which what whatever whoever someone somebody something
    anyone anybody anything everyone everybody everything nobody nothing nowhere somewhere oneself`,
  ),
  // Prepositions and particles.
  ...words(
    `of in to for on at by with from into onto upon about above below under over between among amongst through
    throughout during before after since until till against toward towards within without beyond behind beside besides
    along across around near off out up down away back per via despite except like unlike as than`,
  ),
  // Conjunctions and connectors.
  ...words(
    `and but or nor so yet if unless because although though while whilst whereas whether when whenever where wherever
    why how however therefore thus hence moreover furthermore nevertheless nonetheless otherwise instead meanwhile then
    also too again further accordingly consequently indeed rather`,
  ),
  // Auxiliaries and modals.
  ...words(
    `am is are was were be been being do does did done doing have has had having will would shall should can could may
    might must ought cannot let get gets got go going make made seem seems seemed used`,
  ),
  // Contractions.
  ...words(
    `i'm i've i'd i'll you're you've you'd you'll he's she's it's we're we've we'd we'll they're they've that's there's
    what's who's let's don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't haven't
    hasn't hadn't`,
  ),
  // Adverbs of stance, degree, time and order.
  ...words(
    `not never ever always often sometimes usually rarely seldom once twice now today already still soon later just even
    almost nearly quite very really actually perhaps maybe probably possibly certainly surely clearly simply merely
    hardly scarcely entirely completely totally absolutely particularly especially generally mostly mainly exactly
    apparently finally well far long ago here there hereby thereby therein thereof anyway kind sort please thanks yes
    okay oh`,
  ),
];
