import { stemOf } from '../terms.js';

const stems = (list: string): ReadonlySet<string> => new Set(list.split(' ').map(stemOf));

/** Stems of words that say how something is told, not what: the talk of papers, reports, news and chats. */
export const DISCOURSE_STEMS: ReadonlySet<string> = stems(
  'ability abstract accordance account addition advance advantage aim amount answer appropriateness argument article ' +
    'aspect assumption attempt attention author availability background basis beginning benefit bit body case cause ' +
    'challenge chance change chapter choice claim comment comparison concern conclusion consequence contrast ' +
    'contribution correctness couple course day deal decade demand detail difference difficulty disadvantage ' +
    'discussion drawback ease effectiveness effort emphasis end evidence example existence expectation extent face ' +
    'fact feasibility finding focus friday future goal hand head help hope hour idea importance improvement increase ' +
    'initiative insight inspiration instance interest introduction intuition investigation issue item job kind lack ' +
    'life limitation literature look lot majority man manner matter means merit minute moment monday month morning ' +
    'motivation move name need news night notion number objective observation occasion opportunity option origin ' +
    'outcome overview paper paradigm part past people percent period person perspective picture piece place plethora ' +
    'point popularity possibility potential practice presence problem progress proliferation proposal prospect ' +
    'purpose question rationale reason recommendation reference regard remark report researcher respect result ' +
    'review rise role round saturday scenario scope section sense set shape share show side sight significance ' +
    'situation sort spite stage statement step story study subject success suggestion summary sunday superiority ' +
    'survey term thing thought thursday time today topic trade-off trend trouble try tuesday turn type understanding ' +
    'usage use usefulness user variety version view viewpoint way wednesday week weekend whole woman word work world ' +
    'year',
);

/** Stems of words that name a class of things: good at the end of a term, about nothing alone. */
export const CLASS_STEMS: ReadonlySet<string> = stems(
  'access activity algorithm analysis application approach area attribute behavior business candidate capability ' +
    'category center characteristic city class collection combination company complexity component concept condition ' +
    'construction content context control cost country course data database decision definition degree description ' +
    'design development direction domain effect efficiency element engine entity environment error evaluation event ' +
    'experience experiment expression factor family feature field figure form format framework function government ' +
    'group impact implementation individual influence information input instrument integration interaction kernel ' +
    'knowledge label language law length level limit line link list location machine management mapping material ' +
    'measure mechanism member message method methodology metric mode model module money movement name nature network ' +
    'node object operation operator order organization output page parameter pattern performance phase phenomenon ' +
    'plan platform policy population position power principle procedure process processing product program project ' +
    'property protocol quality quantity range rate ratio reality region relation relationship representation request ' +
    'requirement research resource response rule sample scale scheme school score sector sequence series service ' +
    'session setting shape signal simulation site size society solution source space specification speed standard ' +
    'state strategy stream structure support system table target task team technique technology test text theory ' +
    'threshold tool topic traffic training transfer transformation treatment tree unit utility value variable ' +
    'variation vector volume weight',
);
