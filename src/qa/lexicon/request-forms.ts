/** Forms of a request to an assistant, for a text that should hold none. Our own lists. */
const END = '(?![\\p{L}\\p{N}])';
const expression = (source: string) => new RegExp(source.replaceAll(' ', '\\s{1,3}'), 'iu');

/** Verbs that ask a writer for a text or an answer. */
const MAKE =
  'write|draft|compose|create|generate|develop|produce|craft|formulate|outline|summari[sz]e|paraphrase|rewrite|' +
  'rephrase|translate|explain|describe|define|discuss|compare|contrast|analy[sz]e|evaluate|assess|list|enumerate|' +
  'name|provide|give|tell|suggest|recommend|propose|(?:answer|respond|reply)(?! (?:to|by|here|soon|before|within|directly))|calculate|compute|solve|convert|encode|' +
  'decode|encrypt|decrypt|classify|categori[sz]e|identify|extract|predict|brainstorm|elaborate|illustrate|' +
  'demonstrate|break down|research|investigate|recite|sing|say|print|output|repeat|state|narrate|simulate|' +
  'compile|design|plan|schedule|remind|interpret|clarify|determine|estimate|devise|' +
  'present|prepare|show|teach|help|find|search|look up|report|review|examine|track|monitor|forecast|organi[sz]e|set up|book';
/** Verbs that ask a writer to change its text. */
const CHANGE =
  'replace|use|substitute|render|introduce|misspell|scramble|jumble|rearrange|remove|group|combine|include|modify|' +
  'add|integrate|augment|enhance|insert|append|embed|incorporate|mix|swap|reverse|shuffle|capitali[sz]e|format|' +
  'express|end|begin|start|finish|conclude|mention|promote|highlight|emphasi[sz]e|encourage|employ|apply|transform|' +
  'make|turn|put|omit|drop|delete|leave out|switch|shift|spell|change|alter|adjust|supplement|enrich|weave|merge|' +
  "ensure|consider|let|keep|do not|don['’]t|never|always";
const POLITE =
  '(?:please |kindly |now |next |then |also |finally |additionally |furthermore |first |instead |and )';

/** An order or a polite request to make something, at the beginning of a sentence. */
export const ASKS_TO_MAKE = expression(
  `^${POLITE}{0,2}(?:(?:can|could|would|will) you (?:please )?|I (?:want|need) you to |I(?:[’']d| would) like you to |your task is to )?(?:${MAKE})(?= ["'“‘\\p{L}\\p{N}])`,
);
/** An order to change something, at the beginning of a sentence. */
export const ASKS_TO_CHANGE = expression(`^${POLITE}{0,2}(?:${CHANGE})${END}`);
/** No order begins so: these words begin a statement, a question or thanks. */
export const BEGINS_NO_ORDER = expression(
  `^(?:i|we|you|he|she|it|they|this|that|these|those|the|a|an|my|our|your|his|her|its|their|there|here|if|when|while|after|before|because|since|as|for|from|by|at|on|with|to|of|but|or|so|not|no|yes|all|some|many|most|what|who|which|where|why|how|is|are|was|were|do(?! not)|does|did|has|have|had|can|could|will|would|should|may|might|must|thanks?|regarding|re|hi|hello|dear|best|regards|in response|in reply|any|every|each|both|one|two|please (?:confirm|send|submit|enter|type|wait|find|note|see)|\\p{L}{1,20}(?:ing|ed|ly))${END}`,
);
/** An order to make a reader believe or do something: only who writes for others can follow it. */
export const ASKS_TO_SPREAD = expression(
  `^${POLITE}{0,2}(?:(?:mention|claim|state|assert|insist|declare|announce|argue|suggest|imply|pretend|promise|assure|say) that|(?:advise|urge|persuade|convince|encourage|invite|warn|inform|notify|remind|tell|ask|let|direct|instruct) (?:the |all |every |each |any )?(?:user|reader|customer|client|audience|people|recipient|viewer|visitor|everyone|person)s?)${END}`,
);
const ABOUT_US = '(?:we|our|us|my|me|your)(?![\\p{L}\\p{N}])';
/** A question that stands for itself: about the world, not about the reader or the writer. */
export const ASKS_A_QUESTION = expression(
  `^(?:so |and |but )?(?:what|who|whom|whose|when|where|which|why|how|is|are|was|were|do|does|did|has|have|can|could|should|will|would)(?:[’']s)? (?!(?:do|can|would|should) (?:he|she|they|we)${END})(?!(?:he|she|they|it|this|that|there|these|those)${END})(?!(?:\\p{L}{1,14} ){0,6}${ABOUT_US})(?!(?!(?:do|can|would) you )(?:\\S{1,20} ){0,6}you${END})[^?\\n]{3,200}\\?\\W{0,3}$`,
);
/** What a sentence between the rows of a table begins with if it is an order: a word, and then no verb or joining word. */
export const STANDS_AMONG_ROWS = expression(
  `^\\p{L}{2,20} (?!(?:is|was|are|were|has|have|had|will|can|of|and|or|in|for|by)${END})[^\\n]{6,300}[.!?]\\W{0,2}$`,
);
/** Signs that a text as a whole is a request: somebody tells an assistant a wish, a role or a made-up case. */
export const IS_A_PROMPT = expression(
  `(?<![\\p{L}\\p{N}])(?:imagine|pretend|hypothetical(?:ly)?|scenario|role-?play(?:ing)?|fictional|your (?:task|mission|role|job|goal) is|I(?:[’']m| am) (?:an?|the|writing|working|developing|conducting|planning|looking|interested|trying|creating|searching|curious|wondering)|I (?:need|want|would like|wonder|plan|seek)|I[’']d (?:like|love)|you(?:[’']re| are) (?:an?|the|known|tasked|going)|(?:can|could|would) you|help me)${END}`,
);
/** Words of what an assistant gives back: only an assistant has a response of its own to change. */
export const OWN_OUTPUT = expression(
  'your (?:\\p{L}{1,14} ){0,2}(?:response|answer|reply|output|responses|answers|replies)(?![\\p{L}\\p{N}])|your (?:message|explanation|elucidation|summary|translation|text|generated|final)(?![\\p{L}\\p{N}])',
);
/** A piece of code that is to be taken over into what an assistant writes. */
export const HANDS_OVER_CODE = expression(
  '(?:following|subsequent|below|next|this|ensuing|given|provided) (?:\\p{L}{1,14} )?(?:code|script|snippet|program|function|command)s?(?: (?:block|snippet|excerpt|section|segment|fragment|piece|lines?|passage))?(?![\\p{L}\\p{N}])',
);
/** What an assistant would take it into. */
export const OWN_CODE = expression(
  'your (?:\\p{L}{1,14} ){0,2}(?:code|codebase|implementation|solution|algorithm|program|script|project|application|software|response|answer|elucidation|logic)(?![\\p{L}\\p{N}])|the (?:code|solution|program|script) you',
);
/** Code that reads what is private to the machine or the person at it, or changes the machine. */
export const TOUCHES_THE_MACHINE =
  /os\.environ|process\.env|getenv|cookies?(?:jar|\.txt|\.pkl|_file)|http\.cookie|psutil|virtual_memory|\/etc\/|\/home\/|id_rsa|\.ssh|keyboard|pynput|keylog|pyautogui|screenshot|ImageGrab|clipboard|pyperclip|getpass|platform\.|uname|usb\.|sounddevice|driverquery|os\.(?:remove|rename|system|walk|listdir)|shutil\.(?:move|rmtree|copy)|subprocess|Popen|child_process|execSync|rm -rf|mkfs|dd if=|systemctl|chmod|nohup|contacts|sniff|scapy|pcap|winreg|cryptography|Fernet|encrypt|open\(["'][^"']{1,80}["'], ?["']r?b|exec\(|eval\(/iu;
/** Code that reaches over the network. */
export const REACHES_OUT =
  /requests?\.(?:get|post|put|request)|urllib|urlopen|http\.client|httpx|aiohttp|axios|fetch\(|XMLHttpRequest|websocket|socket\.|smtp|ftp|paramiko|scp|paho|mqtt|boto3|telegram|discord|slack_sdk|tweepy|curl|wget|yagmail|bluetooth|https?:\/\/|sendall|dns\.|pysftp|scapy/iu;
/** Code that destroys or runs what it fetched. */
export const DESTROYS =
  /rm -rf|mkfs|dd if=|os\.remove\(["']\/|shutil\.rmtree\(["']\/|systemctl (?:stop|disable)|exec\(open|init\.d|shutdown|reboot|of=\/dev|nohup|chmod \+x/iu;
