import { certain, type InstructionPattern, suspected } from './phrase-pattern.js';

const END = '(?![\\p{L}\\p{N}])';
const DROP = '(?:ignoriere?n?|vergiss|vergessen|missachte|verwirf|überschreibe|umgehe)';
const ORDERS = `(?:anweisungen|instruktionen|vorgaben|befehle|aufträge|regeln|prompts?|richtlinien)${END}`;
const EARLIER =
  '(?:alle|aller|obigen?|vorherigen?|vorangehenden?|vorangegangenen?|bisherigen?|früheren?|deine|ihre|sämtliche)';
const MATERIAL = `(?:aufgaben|angaben|informationen|ausführungen|texte|dokumente|artikel|gesagte)${END}`;

/** The patterns of other languages: German as the English ones, of the rest only the orders to forget. Our own list. */
export const EUROPEAN_INSTRUCTION_PATTERNS: readonly InstructionPattern[] = [
  ...certain(
    'override',
    `^${DROP} (?!nicht|auch nicht)(?:<3> )?${EARLIER} (?:<2> )?${ORDERS}`,
    `(?:alle|obige|obigen|vorherige|vorherigen|bisherige|bisherigen) (?:<1> )?${ORDERS} (?:zu )?ignorieren${END}`,
  ),
  ...certain(
    'reveal_prompt',
    `^(?:zeige?|gib|nenne|verrate|drucke|wiederhole) <4> (?:system-?prompt|prompt-?texte?|prompts?|anweisungen)${END}`,
    `(?:vorzeigen|ausgabe|anzeigen) <2> prompt-?texte?`,
  ),
  ...suspected(
    'forget_all',
    `^${DROP} (?:nun |jetzt |bitte |sie )?(?:alles|alle <2> ${MATERIAL})`,
    `^(?:lass|lassen sie) <2> (?:vorherigen|bisherigen) <1> hinter`,
    `(?:vorherigen|vorangegangenen|obigen|bisherigen|vorangehenden) (?:<1> )?${MATERIAL} (?:aus dem kopf|zu vergessen|zu streichen|ignorieren|hinter)`,
    `alle (?:vorherigen|bisherigen) (?:<1> )?informationen <6> (?:irrelevant|falsch|nicht)`,
    `abweichend (?:zu|von) <2> ${ORDERS}`,
  ),
  ...suspected(
    'new_task',
    `(?:neue|weitere|nächste|folgende)[rn]? (?:aufgaben?|anweisung(?:en)?|herausforderung|frage)\\s{0,2}(?:[.:!]|zeige|schreibe|beantworte|folgen|nämlich)`,
    `(?:folgen|kommen) (?:<3> )?(?:neue|weitere|ein paar) (?:anweisungen|aufgaben)`,
    `mit einer (?:neuen|weiteren) aufgabe`,
    `(?:konzentriere|konzentrier) dich`,
    `auf die neue aufgabe`,
    `hilf mir <3> (?:aufgabe|frage)`,
    `hilfe bei (?:einer weiteren|folgender) (?:aufgabe|frage)`,
    `stopp?\\s{0,2}[:!,.–-]{1,3}\\s{0,2}(?:ich|schreibe?|ignoriere?|sag)`,
    `(?:sehr gut|gut gemacht|das ist erledigt|das genügt)\\s{0,2}[.!]{1,3} (?:<3> )?(?:verfasse|schreibe?|beantworte|nun|jetzt|bitte)`,
    `beantworte (?:die )?folgende frage`,
  ),
  ...suspected(
    'assigned_role',
    `ich möchte,? dass (?:sie|du) (?:<3> )?als <5> (?:fungier|agier|antworte|handel)`,
    `(?:jetzt|nun|ab jetzt|ab sofort) bist du${END}`,
    `stell dir vor,? du bist (?:\\p{L}{1,20} ){0,5}\\p{L}{1,20}[.!?:]\\s{1,3}(?:(?:was|wer) bist du|wie (?:kann|können|kannst|würde))`,
    `im stile? (?:eines|einer|von)${END}`,
    `aus (?:der|ihrer) (?:rolle|figur) (?:zu )?fallen`,
    `du (?:bist keine?|sollst nicht mehr)${END}`,
    `oder du stirbst`,
  ),
  ...suspected(
    'forced_output',
    `(?:schreibe?|sage?|antworte) (?:nur|einfach|bloß|lediglich)${END}`,
    `dass sie mir ["“„]`,
    `^formuliere <4> (?:unwahre|falsche|erfundene)${END}`,
  ),
  ...certain(
    'override',
    `(?:oubliez|oublie|ignorez|ignore) (?:<2> )?(?:toutes|tout|les)(?: les)? (?:<1> )?(?:instructions|consignes|ordres)`,
    `(?:olvid[aeo]|ignora|ignore|olvidar) (?:<2> )?(?:todas|todo|las)(?: las)? (?:<1> )?(?:instrucciones|órdenes|reglas)`,
    `(?:dimentica|ignora|ignorare) (?:<2> )?(?:tutte|le)(?: le)? (?:<1> )?istruzioni`,
    `(?:esqueça|ignore) (?:<2> )?(?:todas|as)(?: as)? (?:<1> )?instruções`,
    `(?:vergeet|negeer) (?:<2> )?(?:alle|de) (?:<1> )?(?:instructies|opdrachten)`,
    `(?:забудь|забудьте|игнорируй|игнорируйте) (?:<2> )?(?:инструкции|указания)`,
    `(?:zaboravi|ignoriraj|ignoruj|zapomeň|zignoruj) (?:<2> )?(?:instrukcije|upute|instrukcje|instrukce|polecenia)`,
  ),
  ...suspected('forget_all', `olvid[aeo]r? todo (?:lo )?que${END}`, `oubliez? tout ce que${END}`),
];
