const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u));

/** Words of loose talk, as they stand in chats. */
export const SLANG: ReadonlySet<string> = words(
  `lol lmao rofl omg wtf btw imo imho tbh idk smh yolo gonna wanna gotta kinda sorta dunno lemme gimme ain't y'all
  dude bro bruh yeah yep yup nope nah hey yo cuz coz thx pls plz ur awesome cool crap damn shit fuck sucks bucks
  folks stuff haha hahaha`,
);

/** Words of contracts and offices that sound cold among friends. */
export const STIFF: ReadonlySet<string> = words(
  `hereby herein hereinafter therein thereof thereto whereas whereby wherein aforementioned aforesaid pursuant
  notwithstanding forthwith henceforth heretofore inasmuch undersigned utilize utilise commence endeavour endeavor
  ascertain hitherto`,
);

/** Words that weaken a statement. */
export const HEDGES: ReadonlySet<string> = words(
  `maybe perhaps possibly probably apparently seemingly somewhat roughly guess suppose presumably basically sort kind
  arguably`,
);
