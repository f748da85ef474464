/** Countries, their capitals, large cities and regions by their English and common own names: our own choice. */
const COUNTRIES = `Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|
Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Bosnia and Herzegovina|Botswana|Brazil|Brunei|
Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Cape Verde|Central African Republic|Chile|China|Colombia|Comoros|
Congo|Costa Rica|Croatia|Cuba|Cyprus|Czechia|Czech Republic|Denmark|Djibouti|Dominica|Dominican Republic|East Timor|
Ecuador|Egypt|El Salvador|England|Equatorial Guinea|Eritrea|Estonia|Eswatini|Ethiopia|Faroe Islands|Fiji|Finland|France|
Gabon|Gambia|Germany|Ghana|Great Britain|Greece|Greenland|Grenada|Guatemala|Guinea|Guinea-Bissau|Guyana|Haiti|Honduras|
Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Kazakhstan|Kenya|
Kiribati|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Macau|
Macedonia|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Micronesia|Moldova|Monaco|Mongolia|
Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nauru|Nepal|Netherlands|Holland|New Zealand|Nicaragua|Niger|Nigeria|
North Korea|North Macedonia|Northern Ireland|Norway|Oman|Pakistan|Palau|Palestine|Panama|Papua New Guinea|Paraguay|Peru|
Philippines|Poland|Portugal|Puerto Rico|Qatar|Romania|Russia|Rwanda|Saint Lucia|Samoa|San Marino|Saudi Arabia|Scotland|
Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Solomon Islands|Somalia|South Africa|South Korea|
South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tonga|
Trinidad|Trinidad and Tobago|Tunisia|Turkey|Turkmenistan|Tuvalu|Uganda|Ukraine|United Arab Emirates|UAE|United Kingdom|UK|
United States|United States of America|USA|US|U.S.|U.S.A.|U.K.|Uruguay|Uzbekistan|Vanuatu|Vatican|Venezuela|Vietnam|Wales|
Yemen|Zambia|Zimbabwe|Deutschland|Österreich|Schweiz|España|Italia|Polska|Türkiye|Brasil|Suomi|Sverige|Norge|Danmark`;

const STATES = `Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|
Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|
Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|
Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|West Virginia|Wisconsin|Wyoming|
Ontario|Quebec|Québec|British Columbia|Alberta|Manitoba|Saskatchewan|Nova Scotia|New Brunswick|Newfoundland|Yukon|
New South Wales|Queensland|Tasmania|South Australia|Western Australia|Bavaria|Bayern|Saxony|Sachsen|Hesse|Hessen|
Thuringia|Brandenburg|Catalonia|Andalusia|Tuscany|Sicily|Sardinia|Lombardy|Provence|Brittany|Normandy|Burgundy|Flanders|
Wallonia|Crimea|Siberia|Punjab|Kerala|Gujarat|Bengal|Kashmir|Kurdistan|Tibet|Sichuan|Guangdong|Hokkaido|Okinawa|Bali|
Java|Sumatra|Borneo|Yorkshire|Cornwall|Devon|Kent|Essex|Sussex|Surrey|Norfolk|Suffolk|Lancashire|Cheshire|Cumbria`;

const CITIES = `Abidjan|Abu Dhabi|Abuja|Accra|Addis Ababa|Adelaide|Ahmedabad|Aleppo|Alexandria|Algiers|Almaty|Amman|
Amsterdam|Anchorage|Ankara|Antwerp|Athens|Atlanta|Auckland|Baghdad|Baku|Baltimore|Bangalore|Bengaluru|Bangkok|Barcelona|
Basel|Beijing|Beirut|Belfast|Belgrade|Bergen|Berlin|Bern|Bilbao|Birmingham|Bogota|Bogotá|Bologna|Bombay|Bonn|Bordeaux|
Boston|Brasília|Bratislava|Bremen|Brighton|Brisbane|Bristol|Brooklyn|Bruges|Brussels|Bucharest|Budapest|Buenos Aires|
Buffalo|Cairo|Calcutta|Calgary|Cambridge|Canberra|Cancun|Cape Town|Caracas|Cardiff|Casablanca|Chengdu|Chennai|Chicago|
Cincinnati|Cleveland|Cologne|Colombo|Copenhagen|Cordoba|Córdoba|Cork|Dakar|Dallas|Damascus|Dar es Salaam|Delhi|Denver|
Detroit|Dhaka|Doha|Dortmund|Dresden|Dubai|Dublin|Durban|Düsseldorf|Edinburgh|Edmonton|Eindhoven|Essen|Espoo|Florence|
Frankfurt|Freiburg|Gaza|Gdansk|Gdańsk|Geneva|Genoa|Ghent|Glasgow|Gothenburg|Granada|Graz|Guadalajara|Guangzhou|Haifa|
Halifax|Hamburg|Hangzhou|Hanoi|Hanover|Hannover|Harare|Havana|Heidelberg|Helsinki|Hiroshima|Hobart|Honolulu|Houston|
Hyderabad|Indianapolis|Innsbruck|Islamabad|Istanbul|Izmir|Jacksonville|Jaipur|Jakarta|Jeddah|Jerusalem|Johannesburg|
Kabul|Kampala|Kansas City|Karachi|Kathmandu|Khartoum|Kiel|Kiev|Kyiv|Kigali|Kingston|Kinshasa|Kolkata|Krakow|Kraków|
Kuala Lumpur|Kyoto|Lagos|Lahore|Las Vegas|Lausanne|Leeds|Leicester|Leipzig|Lille|Lima|Limerick|Linz|Lisbon|Lisboa|
Liverpool|Ljubljana|London|Los Angeles|Luanda|Lucerne|Lusaka|Lyon|Madrid|Malaga|Málaga|Malmö|Manchester|Manhattan|Manila|
Mannheim|Maputo|Marrakech|Marseille|Mecca|Medellín|Melbourne|Memphis|Miami|Milan|Milano|Milwaukee|Minneapolis|Minsk|
Mogadishu|Monterrey|Montevideo|Montreal|Montréal|Moscow|Mumbai|Munich|München|Nagoya|Nairobi|Nantes|Naples|Napoli|
Nashville|New Delhi|New Orleans|New York City|Newark|Newcastle|Nice|Nicosia|Nottingham|Nuremberg|Nürnberg|Oakland|Odense|
Odessa|Oklahoma City|Orlando|Osaka|Oslo|Ottawa|Oulu|Oxford|Palermo|Paris|Perth|Philadelphia|Phnom Penh|Phoenix|Pisa|
Pittsburgh|Porto|Portland|Porto Alegre|Poznań|Prague|Praha|Pretoria|Pyongyang|Quito|Rabat|Raleigh|Reykjavik|Riga|
Rio de Janeiro|Riyadh|Roma|Rome|Rotterdam|Sacramento|Saigon|Salt Lake City|Salvador|Salzburg|San Antonio|San Diego|
San Francisco|San Jose|San José|San Juan|Santiago|Santo Domingo|São Paulo|Sarajevo|Seattle|Seoul|Seville|Sevilla|
Shanghai|Sheffield|Shenzhen|Skopje|Sofia|Southampton|Split|St. Louis|St. Petersburg|Stavanger|Stockholm|Strasbourg|
Stuttgart|Surabaya|Sydney|Taipei|Tallinn|Tampa|Tampere|Tashkent|Tbilisi|Tehran|Tel Aviv|The Hague|Tijuana|Tirana|Tokyo|
Toledo|Toronto|Toulouse|Trieste|Tripoli|Trondheim|Tucson|Tulsa|Tunis|Turin|Torino|Turku|Uppsala|Utrecht|Valencia|
Valletta|Vancouver|Vantaa|Venice|Venezia|Verona|Vienna|Wien|Vilnius|Warsaw|Warszawa|Washington|Wellington|Winnipeg|
Wroclaw|Wrocław|Wuhan|Yangon|Yerevan|Yokohama|York|Zagreb|Zurich|Zürich|Kenosha|Aalborg|Aarhus|Guangxi|Harburg`;

const listed = (names: string) =>
  names
    .replace(/\n/gu, '')
    .split('|')
    .map((name) => name.trim());

/** Names of places as they are written. */
export const PLACE_NAMES: ReadonlySet<string> = new Set([
  ...listed(COUNTRIES),
  ...listed(STATES),
  ...listed(CITIES),
]);
/** The most words that a name in the list has. */
export const MOST_PLACE_WORDS = 5;

/** Days, months, feasts, languages and peoples: capitalised in English, and neither places nor persons. */
export const CAPITALISED_WORDS: ReadonlySet<string> = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september ' +
    'october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun christmas easter ' +
    'ramadan halloween thanksgiving hanukkah diwali english french german spanish italian portuguese dutch danish swedish ' +
    'norwegian finnish icelandic irish welsh scottish polish czech slovak hungarian romanian bulgarian greek turkish russian ' +
    'ukrainian serbian croatian slovenian bosnian albanian arabic hebrew persian farsi hindi urdu bengali tamil chinese ' +
    'mandarin cantonese japanese korean vietnamese thai indonesian malay swahili latin american canadian mexican brazilian ' +
    'argentine chilean peruvian cuban british european asian african australian indian pakistani iranian iraqi israeli ' +
    'palestinian egyptian moroccan nigerian kenyan ethiopian swiss austrian belgian catholic christian muslim islamic jewish ' +
    'buddhist hindu protestant orthodox god lord bible internet web email pdf http https www ok tv cd dvd usa iphone android ' +
    'google facebook twitter youtube amazon microsoft apple linux windows python javascript kg km am pm bc ad covid dna'
  ).split(' '),
);
