/** English function words and question scaffolding: they say how something is asked, not what about. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a about above after again against all also am an and any anyone anything are as at be because been before ' +
    'being below between both but by can cannot could did do does doing done down during each either else ever ' +
    'every everything few for from further get gets getting give gives got had has have having he her here hers ' +
    'herself him himself his how i if in into is it its itself just kind know let like make makes many may me ' +
    'might more most much must my myself neither no nor not now of off often oh ok on once one only or other our ' +
    'ours ourselves out over own perhaps please put quite rather really same say says she should so some someone ' +
    'something still such sure tell than that the their theirs them themselves then there these they thing ' +
    'things this those though through to too under until up upon us very was we well were what when where ' +
    'whether which while who whom whose why will with within without would yes yet you your yours yourself ' +
    "yourselves i'm i've i'd i'll you're you've you'd you'll he's she's it's we're we've we'd we'll they're " +
    "they've they'd they'll that's there's what's who's isn't aren't wasn't weren't don't doesn't didn't won't " +
    "wouldn't can't couldn't shouldn't haven't hasn't hadn't let's"
  ).split(' '),
);
