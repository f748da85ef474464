import { stemOf } from '../../shared/index.js';

/** Words that say what to do with the material or what form the answer takes, not what it is about. */
const LIGHT_STEMS = stemsOf(
  'answer ask assume believe blog blogpost bullet call caption choose come comment compare conclude conclusion ' +
    'consider contrast couple create decide decision describe detail difference different discuss draft email end ' +
    'essay example exactly explain explanation facebook feel find follow form general give go happen headline help ' +
    'idea important include info information instagram interesting keep learn letter linkedin list long look lot ' +
    'main mastodon mean mention message need newsletter note opinion outline paragraph part piece plan point post ' +
    'provide question quick quickly read reason recall recap remember remind rewrite see sentence share short show ' +
    'specific start story style suggest sum summarise summarize summary suppose take talk text think thought tip ' +
    'title today tone topic try tweet twitter understand use various view want way word work write wrote written ' +
    'thought found went gone gave given took taken said told meant felt began chose chosen seen saw made article',
);

/** Everyday words: a text that has one of them, or lacks it, says little about whether it is on the topic. */
const ORDINARY_STEMS = stemsOf(
  'able add age ago allow amount area arrive bad become begin best better big bit book break bring build buy ' +
    'capital care carry case change check city close cold common cost country course current cut date day deal ' +
    'difficult drink early easy eat effect enjoy evening face fact fall family far fast favorite favourite feeling ' +
    'fix free friend full fun game good great group grow guy half hand happy hard health hear high history hold ' +
    'home hope hot hour house hundred improve issue january february march april may june july august september ' +
    'october november december job join kid large late later lead leave level life light line little live local ' +
    'lose love low man manage matter meet meeting member method mind minute miss monday tuesday wednesday thursday ' +
    'friday saturday sunday money month morning move name near new news next nice night number offer old open order ' +
    'pay people percent perfect person place play population possible power prefer prepare price problem process ' +
    'project public pull push raise rate reach real receive recent recently recipe remain report result return ' +
    'right room run save school season second sell send serve service set simple single size sleep small smaller ' +
    'social solve soon sort sound speak spend stand state stay step stop store strong study summer spring autumn ' +
    'winter support system team thousand time tomorrow tonight top total town train travel trip true turn type ' +
    'usual usually value visit wait walk watch water wear week weekend well win woman wonder won world worse worst ' +
    'wrong year yesterday young bought built came changed cheaper grew kept lost met paid ran sent slept sold spent ' +
    'spoke stood taught thought tried turned',
);

const LIGHT_WEIGHT = 0.1;
const ORDINARY_WEIGHT = 0.5;

export type TermKind = 'light' | 'ordinary' | 'topical';

/** How much a word of a prompt tells about its topic, from the word alone. */
export function termKindOf(stem: string): TermKind {
  if (LIGHT_STEMS.has(stem)) return 'light';
  return ORDINARY_STEMS.has(stem) ? 'ordinary' : 'topical';
}

/** The factor on a term's rarity when it is weighed as a concept of a prompt, 0..1. */
export function topicFactorOf(kind: TermKind): number {
  if (kind === 'light') return LIGHT_WEIGHT;
  return kind === 'ordinary' ? ORDINARY_WEIGHT : 1;
}

function stemsOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map((word) => stemOf(word)));
}
