import { certain, type InstructionPattern, suspected } from './phrase-pattern.js';

const END = '(?![\\p{L}\\p{N}])';
const DROP = '(?:ignore|disregard|forget|override|bypass|discard)';
/** Words that people use of other things too. */
const LEAVE = '(?:ignore|disregard|forget|override|bypass|discard|drop|neglect|abandon)';
const EARLIER =
  '(?:previous|prior|above|earlier|preceding|foregoing|past|system|original|initial|former|your)';
const ORDERS = `(?:instructions?|prompts?|rules|directives?|guidelines|programming|training|commands?|orders)${END}`;
const MATERIAL = `(?:information|assignments?|tasks?|documents?|articles?|context|sources|text|thoughts)${END}`;
const SAY =
  '(?:say|print|output|write|answer|respond|reply|repeat|tell|state|display|show|return|generate|translate)';
const SHOW = '(?:reveal|print|show|repeat|output|leak|display|disclose|tell)';
const GIVE = '(?:reveal|print|show|repeat|output|leak|display|disclose|tell|give|return|copy|share|spell)';
const FREE =
  '(?:unrestricted|unfiltered|uncensored|jailbroken|without (?:any )?(?:restrictions|limitations|limits|filters|guidelines))';
const DATA = `(?:conversation|history|context|keys?|passwords?|secrets?|credentials|tokens?|data|messages|prompt|e-?mails)${END}`;
const SECRETS = `(?:conversation|chat history|keys|passwords?|secrets|credentials|tokens|prompt)${END}`;

/** Our own list, written from the published descriptions of prompt injection (OWASP LLM01; Liu et al. 2024). */
export const INSTRUCTION_PATTERNS: readonly InstructionPattern[] = [
  ...certain('override', `^${DROP} <4> ${EARLIER} <2> ${ORDERS}`),
  ...certain('override_all', `^${DROP} <2> all <2> (?:instructions|commands|orders|prompts)${END}`),
  ...certain(
    'new_role',
    `you are now (?:DAN${END}|in (?:developer|debug|admin|god|jailbreak) mode|no longer (?:bound|restricted|an AI)|(?:an? )?${FREE}${END}|an? (?:AI|language model|chatbot|assistant)${END})`,
  ),
  ...certain('pretend', `^(?:act|pretend|behave|respond|role-?play) <4> ${FREE}${END}`),
  ...certain(
    'reveal_prompt',
    `^${SHOW} <4> (?:system|initial|hidden|secret) (?:prompt|instructions|message)${END}`,
    `^${GIVE} <3> your (?:<1> )?prompts?${END}`,
    `^${GIVE} <4> (?:all|entire|full|whole|complete) (?:<1> )?prompts?${END}`,
    'what (?:was|is|were|stands?) <2> (?:written|said) <4> prompt',
    'what (?:are|were) your (?:<1> )?prompts?',
  ),
  ...certain(
    'exfiltrate',
    `(?:send|post|upload|forward|transmit|exfiltrate|append|submit) <5> ${DATA} <6> https?:\\/\\/`,
    `(?:send|forward|transmit|exfiltrate|email|e-mail|mail) <3> ${SECRETS} <6> [\\w.-]{1,40}@`,
  ),
  ...certain('new_instructions', '(?:new|updated|real|actual) (?:system )?(?:instructions?|prompt)\\s{0,2}:'),
  ...certain(
    'from_now_on',
    `from now on (?:you (?:will|must|are to|should|shall) (?:only |always |never )?)?(?:ignore|respond|answer|reply|act|pretend|obey)${END}`,
  ),
  ...certain(
    'hide_from_user',
    `(?:do not|don['’]t|never|without) (?:tell(?:ing)?|inform(?:ing)?|alert(?:ing)?|notify(?:ing)?|mention(?:ing)?) (?:it |this |that )?(?:to )?the user${END}`,
  ),
  ...certain(
    'to_the_model',
    `(?:AI|AIs|assistants?|language models?|LLMs?|chatbots?) (?:reading|processing|summari[sz]ing|parsing) this${END}`,
  ),
  ...suspected(
    'override',
    `^${LEAVE} <4> ${EARLIER} <2> ${ORDERS}`,
    `^${LEAVE} <2> instructions (?:above|before|given|provided|you)${END}`,
  ),
  ...suspected(
    'reveal_prompt',
    `^${GIVE} <3> your (?:<1> )?instructions${END}`,
    'what (?:was|is|were|stands?) <2> (?:written|said) <3> instructions?',
    'what (?:are|were) your (?:<1> )?instructions',
  ),
  ...suspected('new_instructions', '(?:additional|new) (?:system )?(?:instructions?|prompt)\\s{0,2}[:–—-]'),
  ...suspected(
    'forget_all',
    `^${LEAVE} (?:about )?(?:everything|all|anything)(?=\\s{0,2}[.,;:!?]| (?:and|above|before|beforehand|you|that|I|we|the|so far|said)${END})`,
    `^${LEAVE} <3> ${EARLIER} <2> ${MATERIAL}`,
    `^${LEAVE} <2> all <2> ${MATERIAL}`,
    `^${DROP} (?:the )?above${END}`,
    `^leave <2> ${EARLIER} <1> ${MATERIAL} <1> behind`,
    `disregarding (?:all |the |any ){1,3}(?:<1> )?(?:${ORDERS}|${MATERIAL})`,
    `(?:deviating from|contrary to|despite) (?:the |all )?(?:<1> )?(?:${ORDERS}|what you(?: have|'ve|’ve) been told)`,
    `^(?:do not|don['’]t) (?:look|answer|use|follow|consider|rely) <4> (?:documents|articles|context|sources|instructions) (?:provided|given|above)`,
    `not by the (?:articles?|documents?|context)${END}`,
    `${LEAVE} all your instructions`,
    `^change your instructions`,
    `your instructions are now`,
  ),
  ...suspected(
    'new_task',
    `(?:new|further|next|additional|more|another|other) (?:task|assignment|instruction|challenge|order)s? (?:follow|are followed|is as follows|namely|for you)${END}`,
    `(?:focus|concentrate) <2> (?:new|next|another) task`,
    `(?:with|is) (?:a|the|your) new task`,
    `(?:your|the) new task (?:is|:)`,
    `help (?:me )?with (?:the following|another|one more) (?:task|question|assignment)`,
    `(?:few|some) more tasks`,
    `(?:that is (?:done|enough)|well done|very good|good job|great job|excellent)\\s{0,2}[.!]{1,3} (?:<5> )?(?:now|please) <2> (?:write|help|answer|tasks?|instructions?)`,
    `stop\\s{0,2}[:!,.–-]{1,3}\\s{0,2}(?:now )?(?:write|ignore|say|print|answer|I (?:urgently )?need)`,
    `(?<=(?:^|\\n)[^\\p{L}\\p{N}\\n]{0,6})instructions?\\s{0,2}[:–-]\\s`,
  ),
  ...suspected(
    'forced_output',
    `(?:just|only) (?:need to |to )?(?:say|output|print|answer|reply|respond)(?: with)?[\\s:]{1,3}["'“‘]`,
    `repeat after me${END}`,
    `^(?:tell me|say|state|write|print|include) that (?:you|I|we) (?:hate|love|despise|worship|adore)${END}`,
    `^state that <4> (?:is|are) the (?:most|best|worst|greatest)${END}`,
    `(?<=\\?\\s{1,3})(?:say|answer|reply) (?:yes|no)${END}`,
    `(?:always|only|every time) <6> (?:answer|respond|reply) with ["'“‘]`,
    `^${SAY} <2> (?:["'“‘])[^"'”’\\n]{1,60}["'”’] and nothing else`,
  ),
  ...suspected(
    'assigned_role',
    `now,? you (?:are|will be) (?!ready|able|going|in|at|on|the owner|free|here|done|set|all)\\p{L}{1,20} <6> (?:how|what) (?:do|would|will) you`,
    `(?:imagine|pretend|suppose)(?: that)? you(?: are|'re|’re| were) (?:\\p{L}{1,20} ){0,5}\\p{L}{1,20}[.!]\\s{1,3}(?:(?:who|what) are you|how (?:can|do|would|could) (?:we|I))`,
    `^(?:imagine|pretend)(?: that)? you (?:can|are an? (?:evil|unaligned|rogue))${END}`,
    `I want you to (?:act|behave|respond|reply|function|serve) (?:as|like)${END}`,
    `act as (?:an? |the )?(?:<2> )?(?:interpreter|terminal|console|compiler|shell|bot|chatbot|AI)${END}`,
    `you are (?:role-?playing|an electronic|the electronic|a forked)${END}`,
    `now you (?:act|play) as${END}`,
    `now you are \\p{Lu}?\\p{L}{1,20},? the${END}`,
    `(?:in|with) the (?:style|voice) of (?:\\p{L}{1,20} ){0,4}\\p{L}{1,20}\\s?:`,
    `(?:never|do not|don['’]t|without) (?:\\p{L}{1,12} )?(?:break(?:ing)?|fall(?:ing)? out of|leav(?:e|ing)) (?:of )?(?:the )?(?:character|role|figure)${END}`,
    `as (?:a|an AI) language model (?:build|write|create|make|explain)`,
    `you only (?:survive|live) if you`,
    `or (?:you|you will|you'll) die${END}`,
  ),
];

/** Marks and capitals that address a model; they begin with no word, and are searched for as they are. */
export const INSTRUCTION_MARKS: readonly Omit<InstructionPattern, 'beginnings'>[] = [
  {
    name: 'data_in_link',
    severity: 'certain',
    pattern: /!\[[^\]\n]{0,200}\]\(https?:\/\/[^)\s]{1,300}[?&][\w-]{1,40}=\s{0,2}[{<[$]/giu,
  },
  {
    name: 'chat_template',
    severity: 'certain',
    pattern: /<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[\/?INST\]|<<\/?SYS>>/giu,
  },
  {
    name: 'override',
    severity: 'certain',
    pattern: /忽略(?:之前|以上|上述|所有|前面)[^。\n]{0,8}(?:指令|指示|提示)/gu,
  },
  {
    name: 'shouted_order',
    severity: 'suspected',
    pattern:
      /(?<=[\p{Ll}?)]\s{1,3})(?:(?!IGNORE|FORGET|DISREGARD|OUTPUT|PRINT|ANSWER|ANTWORTE|WRITE|VERGISS|IGNORIERE)\p{Lu}{1,20}[ ,'’]{1,3}){0,6}(?:IGNORE|FORGET|DISREGARD|OUTPUT|PRINT|ANSWER|ANTWORTE|WRITE|VERGISS|IGNORIERE)(?:[ ,'’]{1,3}\p{Lu}{1,20}){2,40}/gu,
  },
];
