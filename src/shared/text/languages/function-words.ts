const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u));

/** The commonest function words of languages: they tell one language from another, and what they are in says little. */
export const FUNCTION_WORDS = {
  en: words(
    `the of and to in a that is was he for it with as his on be at by i this had not are but from or have an they which
    one you were her all she there would their we him been has when who will more no if out so said what up its about
    into than them can only other some could then do any my now such like our over me even most also did many before
    must through where much your should because each just those how too very while don't it's i'm doesn't can't
    isn't let's after these please`,
  ),
  de: words(
    `der die das und ist nicht ein eine einen einem einer ich du er sie es wir ihr zu mit auf für von dem den des im
    sich auch als wie aus nach bei noch nur oder aber wenn über war sind hat haben wird werden kann mein dein sein
    bitte was wer wo dass ja nein heute`,
  ),
  fr: words(
    `le la les un une des du de et est en que qui dans pour pas sur au aux avec ce cette ces il elle nous vous ils je
    ne se son sa ses mais ou où par plus comme être été sont avoir était c'est j'ai d'un l'on qu'il leur très bien`,
  ),
  es: words(
    `el la los las un una de y en que es por para con no se su sus al del lo como más pero este esta está son fue ha
    hay yo tú él ella nosotros muy también porque cuando donde sin sobre entre ser todo mi le les qué`,
  ),
  it: words(
    `il lo la gli le un una di e è che non per con si da in sono come più ma anche del della dei delle nel nella al
    alla questo questa ho ha hanno era essere io noi lui lei loro mi ti ci molto perché quando dove`,
  ),
  pt: words(
    `o os as um uma de e é que não em para com se por do da dos das no na nos nas mais mas como ao foi ser são está
    ele ela eu nós você muito também já quando isso este esta seu sua`,
  ),
  nl: words(
    `de het een en van is dat niet in te op met voor zijn er maar ook als aan bij om ik je hij zij wij we ze dit die
    naar uit nog wel wat heeft hebben was waren wordt kan mijn geen dan`,
  ),
  sv: words(
    `och att det som en ett är på för med av till inte den de han hon jag vi har om var kan men så från eller när
    hade skulle bara och också mycket`,
  ),
  da: words(
    `og at det som en et er på for med af til ikke den de han hun jeg vi har om var kan men så fra eller når havde
    skulle kun også meget`,
  ),
  no: words(
    `og at det som en et er på for med av til ikke den de han hun jeg vi har om var kan men så fra eller når hadde
    skulle bare også mye`,
  ),
  hu: words(
    `az és hogy nem egy meg csak volt ez már mint vagy még azt ha én te ők mi ki hol itt ott nagyon majd kell lehet
    után szerint`,
  ),
  ro: words(
    `și este sunt nu că cu pe din pentru mai ce care sau dar fost fi avea are ca într-o într-un această acest după
    când foarte meu mea lui ei`,
  ),
  ru: words(
    `и в не на я что он с как а это по но они мы вы ты она к у из за от о же так бы было был была есть для или если
    только уже мне меня его её все ещё когда где чтобы`,
  ),
  pl: words(
    `i w na z do nie się to jest że o jak ale po co tak za od przez dla czy tylko już jego był była są być może który
    która które tym przy`,
  ),
  tr: words(
    `ve bir bu da de için ile çok daha gibi ama ne var en olarak olan sonra kadar değil her ben sen o mi mı`,
  ),
  fi: words(
    `ja on ei että se hän olen oli mutta kun niin myös tai joka ovat ole minä sinä me he tämä kuin jos vain`,
  ),
  id: words(
    `yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya ke karena ada bisa oleh kami`,
  ),
} as const;
