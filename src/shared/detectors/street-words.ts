const joined = (words: string) => words.trim().split(/\s+/).join('|');

/** Words that end the name of a street in English, written out and short. */
export const STREET_ENDINGS = joined(`
  Street St Avenue Ave Av Road Rd Lane Ln Drive Dr Boulevard Blvd Way Court Courts Ct Place Pl Terrace Terr Ter Circle
  Cir Highway Hwy Parkway Pkwy Square Sq Close Crescent Cres Gardens Grove Mews Row Walk Rise Gate Gateway Alley Trail
  Loop Pass Plaza Pike Turnpike Esplanade Quay Wharf Ridge Extensions Extension Parade Hill Green Broadway Promenade
`);

/** Endings that Germanic, Finnish and Hungarian names of streets have, as part of the word or as a word. */
export const STREET_SUFFIXES = joined(`
  straße strasse str weg platz allee gasse damm ufer ring markt steig graben hof chaussee brücke vej gade gata gatan
  vägen väg veien vegen gate stræde vænget vænge plads allé katu tie polku kuja kaari straat laan plein kade gracht dijk
  singel dreef hof utca tér út útja körút köz kapu sor
`);

/** Words that begin the name of a street in Romance and Slavic languages. */
export const STREET_BEGINNINGS = joined(`
  Rua Rúa Rue Via Viale Vicolo Corso Piazza Piazzale Largo Calle Avenida Avda Av Avinguda Carrer Carretera Camino Paseo
  Passeig Plaza Plaça Praça Travessa Estrada Strada Contrada Chemin Place Boulevard Impasse Allée Quai Cours Route Ulica
  ulica ul Calea Bulevardul Aleja aleja Rambla Ronda Glorieta Salita Lungomare Alameda Rodovia Square Avenue
`);

/** Small words inside such names. */
export const STREET_PARTICLES = joined(`
  de del della dello delle dei degli di da do dos das du des la le les los las el al van von zu zur am im der den und
`);

/** States and territories of the United States by their postal letters, with the armed forces' own. */
export const US_STATE_CODES = joined(`
  AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
  SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP AA AE AP
`);
