const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Base forms that are verbs nearly always: they and what is inflected from them head no noun phrase. */
export const VERBS: ReadonlySet<string> = words(
  'accept accommodate accompany accomplish achieve acknowledge acquire act adapt add address adjust ' +
    'admit adopt affect afford aggregate agree aim allow alter analyse analyze announce answer anticipate ' +
    'appear apply appoint appreciate approve argue arise arrange arrive ask assert assess assign assist ' +
    'assume assure attach attain attempt attend attract avoid base become begin behave believe belong ' +
    'borrow bring broaden build burn buy calculate call capture carry categorize cause cease characterise ' +
    'characterize choose claim clarify classify collect combine come commit communicate compare ' +
    'compensate compete complain complete comply comprise compute conclude conduct confirm conform ' +
    'confuse connect consider consist constitute construct consume contain continue contribute convert ' +
    'convey convince cook cope correspond crash create cut deal decide declare decrease deduce define ' +
    'deliver demand demonstrate denote deny depend deploy derive describe deserve destroy detect ' +
    'determine develop devise devote die differ differentiate discard disclose discover discuss display ' +
    'distinguish distribute do draw drive earn eat elaborate eliminate embed emerge emit emphasize employ ' +
    'enable encode encounter encourage end engage enhance enjoy enrich ensure enter establish estimate ' +
    'evaluate evolve examine exceed execute exhibit exist expand expect experience explain exploit ' +
    'explore expose express extend extract facilitate fail fall feel fight figure fill find finish fit ' +
    'fix focus follow force forget form formalize formulate fulfil fulfill gain gather generalize ' +
    'generate get give go govern grow guarantee guess handle happen have hear help hide highlight hold ' +
    'identify ignore illustrate imagine implement imply impose improve incorporate incur indicate infer ' +
    'inform inherit inject insert insist inspect inspire integrate intend interact interpret introduce ' +
    'invent investigate invite involve join judge justify keep kill know lack last laugh launch lead lean ' +
    'learn leave lend let leverage lie like listen live locate look lose love maintain make manage map ' +
    'match mean meet mention merge minimize miss mitigate modify motivate move need neglect note notice ' +
    'observe obtain occur offer omit open operate optimize organize originate outperform overcome owe own ' +
    'participate pass pay perceive perform permit persist pick place play possess postpone pour predict ' +
    'prefer prepare prescribe present preserve pretend prevent proceed produce promise promote pronounce ' +
    'propose prove provide publish pull push put quit raise reach read realise realize receive recall ' +
    'recognise recognize recommend reduce refer refine reflect refuse regain regard regret reject rejoin ' +
    'relate relax release rely remain remember remind remove render repeat replace reply report represent ' +
    'require resemble reside resign resolve respond restrict retain retrieve return reveal revise rise ' +
    'rule run satisfy save say see seek seem select sell send separate serve set shoot shed shift show ' +
    'simplify simulate sit sleep solve speak spend split spread stand start state stay steal stem stop ' +
    'strive struggle suffer suffice suggest summarise summarize support suppose surpass survive take talk ' +
    'tell tend terminate think threaten throw tie transfer transform translate travel treat try turn ' +
    'underlie understand undertake unveil update urge use utilise utilize validate vary verify view visit ' +
    'visualize vote wait walk want warn wash watch wear weigh win wish withdraw wonder work worry write ' +
    'yield',
);

/** Past forms and participles that follow no rule. */
export const IRREGULAR_PASTS: ReadonlySet<string> = words(
  'arisen arose ate beaten became begun began born bought broke broken brought built came caught chose ' +
    'chosen dealt did done drawn drew driven drove eaten fallen fell felt forgot forgotten fought found ' +
    'gave given gone got gotten grew grown had heard held hidden hit kept knew known laid led left lent ' +
    'lost made meant met paid proven put ran risen rose said sang sat saw seen sent set shaken shown ' +
    'slept sold sought spent spoke spoken stolen stood struck stuck sung taken taught thought threw used ' +
    'thrown told took tried understood went wins won wore worn written wrote',
);

/** Verbs of the list whose base form and its plural are as often nouns: only their neighbours tell. */
export const NOUNS_AS_WELL: ReadonlySet<string> = words(
  'bake breed clean cool cover drain dry feed fit freeze grind guard heat hide hurt knit leak melt mend ' +
    'milk paint plant plough pump repair rinse ring roll sail shine ship slip smoke soak sort spin steer ' +
    'stir store sweep tend trim warm wrap act address aim answer appeal approach arrest attack attempt ' +
    'burn call capture cause claim combine conduct contract contrast convert cook cost crash cut deal ' +
    'decrease demand design detail die display doubt draw drive end estimate exhibit experience ' +
    'experiment exploit fall feature feel fight figure fill finish focus force form function gain give ' +
    'guarantee guess help highlight hold impact increase interest issue judge kill lack last laugh launch ' +
    'lead leverage lie limit link listen look love make map mark market match mean measure mention merge ' +
    'miss model move need note notice object offer order pass pay perform permit pick place plan play ' +
    'possess pour present produce profile program promise protest publish pull push question quit raise ' +
    'range rank read recall reason record refuse regard regret release remain reply report request rescue ' +
    'research respect rest result return review rise rule run search select sense separate serve set shed ' +
    'shift shoot show sign sleep solution sound source speak split spread stand start state stay steal ' +
    'stem stop struggle study support survey survive take talk target test think threat throw tie ' +
    'transfer travel treat trial trust try turn update use view transform base visit vote walk watch wave ' +
    'wear win wish wonder work worry yield',
);
