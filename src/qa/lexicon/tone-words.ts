/** Words by how much they weigh, in 0..1. A line reads `weight: word word_with_space …`; `word=plain` names a plainer word. */
const graded = (list: string): ReadonlyMap<string, GradedWord> =>
  new Map(
    list
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [weight, words] = line.split(':');
        return words!
          .trim()
          .split(/\s+/u)
          .map((entry) => {
            const [word, fix] = entry.replaceAll('_', ' ').split('=');
            return [word!, { weight: Number(weight), fix: fix ?? null }] as const;
          });
      }),
  );

export interface GradedWord {
  /** In 0..1: how strongly it colours a text. */
  readonly weight: number;
  /** What says the same without the colour; null where that depends on the sentence. */
  readonly fix: string | null;
}

/** Words of loose talk, as they stand in chats. */
export const SLANG: ReadonlyMap<string, GradedWord> = graded(`
1: lol lmao lmfao rofl omg wtf yolo haha hahaha hehe bruh bro dude y'all ain't=is_not shit fuck fucking damn crap sucks
1: ur=your thx=thanks plz=please pls=please cuz=because coz=because idk=I_do_not_know smh tbh=to_be_honest imho=in_my_opinion imo=in_my_opinion btw=by_the_way
1: gonna=going_to wanna=want_to gotta=have_to lemme=let_me gimme=give_me dunno=do_not_know kinda=rather sorta=rather innit
0.7: yeah=yes yep=yes yup=yes nope=no nah=no hey yo awesome bucks=dollars dumb freaking friggin legit heck wow oops meh yay
0.4: stuff folks=people guys cool kid kids guy okay ok super totally
`);

/** Words of contracts and offices that sound cold among friends. */
export const STIFF: ReadonlyMap<string, GradedWord> = graded(`
1: hereby herein hereinafter hereto hereunder therein thereof thereto whereas whereby wherein aforementioned aforesaid undersigned
1: notwithstanding=despite forthwith=at_once henceforth=from_now_on heretofore=until_now hitherto=until_now inasmuch pursuant_to=under in_lieu_of=instead_of
0.8: utilize=use utilise=use utilizes=uses utilized=used utilizing=using commence=start commences=starts commenced=started ascertain=find_out endeavour=try endeavor=try
0.8: remuneration=pay expedite=speed_up facilitate=help facilitates=helps terminate=end terminated=ended procure=get_hold_of peruse=read
0.5: prior_to=before subsequent_to=after in_accordance_with=under with_regard_to=about with_respect_to=about in_the_event_that=if
0.5: thereafter=after_that furthermore=also moreover=also nevertheless=still accordingly=so regarding=about
`);

/** Words that weaken a statement (after Hyland 1998, a short list of our own). */
export const HEDGES: ReadonlyMap<string, GradedWord> = graded(`
1: maybe perhaps i_guess i_suppose sort_of kind_of somehow or_something in_a_way more_or_less
0.7: possibly probably presumably apparently seemingly supposedly arguably basically i_think i_feel i_believe it_seems_that somewhat
0.4: seems appears might roughly fairly relatively generally typically tends suggests
`);

/** Words that strengthen a statement (after Quirk et al. 1985, amplifiers and emphasizers). */
export const INTENSIFIERS: ReadonlyMap<string, GradedWord> = graded(`
1: absolutely totally completely insanely incredibly unbelievably amazingly ridiculously literally hugely massively seriously honestly
0.7: extremely utterly really definitely truly obviously clearly terribly awfully super
0.4: very so_much certainly highly deeply particularly
`);

/** Phrases that say in many words what one can say. */
export const WORDY: ReadonlyMap<string, GradedWord> = graded(`
1: in_order_to=to due_to_the_fact_that=because owing_to_the_fact_that=because in_spite_of_the_fact_that=although at_this_point_in_time=now at_the_present_time=now
1: in_the_event_that=if for_the_purpose_of=for with_the_exception_of=except in_the_near_future=soon a_large_number_of=many a_majority_of=most
1: has_the_ability_to=can have_the_ability_to=can is_able_to=can are_able_to=can make_a_decision=decide made_a_decision=decided take_into_consideration=consider
1: it_is_important_to_note_that= it_should_be_noted_that= it_is_worth_noting_that= needless_to_say= as_a_matter_of_fact= the_fact_that=that
0.6: in_terms_of=in on_a_regular_basis=regularly on_a_daily_basis=daily in_close_proximity_to=near each_and_every=each first_and_foremost=first at_the_end_of_the_day= in_the_process_of= end_result=result
0.6: past_history=history future_plans=plans free_gift=gift added_bonus=bonus completely_eliminate=eliminate basic_fundamentals=fundamentals advance_planning=planning whether_or_not=whether
`);
