/** Common given names of several cultures, folded (lower case, no accents): our own choice, by no means complete. */
const NAMES = `
aaron abby abigail adam adrian adriana agnes aidan aiden alan albert alberto alejandra alejandro aleksander aleksandr
aleksandra alessandra alessandro alex alexa alexander alexandra alexandre alexis alfred alfredo alice alicia alina
alison allison alma alvaro alvin alyssa amanda amelia amelie amy ana anastasia anders andre andrea andreas andrei andrej
andres andrew andrzej andy angela angelica angelina angelo angus anita anja ann anna anne annette annie annika anthony
antoine anton antonella antonia antonio april archie ariana ariel arjen armando arnaud arne arnold aron arthur arturo
arvid ashley astrid audrey august augusto aurelie aurora austin ava axel barbara barry bartosz bastien beata beate
beatrice beatriz becky belinda ben benedict benedikt benjamin benoit bernard bernd bernhard bert bertram beth betty
bianca bill bjorn blake bob bogdan bonnie boris brad bradley brandon brenda brendan brett brian bridget brigitte britta
brooke bruce bruno bryan caitlin caleb calvin cameron camila camilla camille candice carina carl carla carlo carlos
carmen carol carolina caroline carolyn carsten casey caspar cassandra catalina catarina caterina catherine cathy cecile
cecilia cedric celia celine cesar chad charles charlie charlotte chelsea cheryl chiara chloe chris christa christel
christian christiane christina christine christoph christophe christopher chuck cindy claire clara clarence clarissa
claude claudia claudine claudio clemens clement cody colin colleen connie connor conrad constance corinna corinne
cornelia craig cristian cristina curtis cynthia dagmar daisy damian damien dan dana daniel daniela daniele danielle
danny daphne daria darlene darren dave david davide dawid dean deborah debbie debra deirdre delphine denise dennis derek
desiree detlef diana diane didier diego dieter dietmar dimitri dina dirk dmitri dmitry dolores dominic dominik dominique
don donald donna dora doreen doris dorothea dorothy doug douglas duncan dustin dylan earl eddie edgar edith edmund
eduard eduardo edward edwin eileen elaine eleanor elena eleni elias elif elijah elin elisa elisabeth elise elizabeth
ella ellen elliot elliott elmar elsa elsie elvira emil emilia emilie emilio emily emma emmanuel emre enrico enrique eric
erica erich erik erika erin ernest ernst erwin esteban esther ethan eugene eugenia eva evan eveline evelyn fabian fabien
fabio fatima federica federico felicia felicity felipe felix ferdinand fernanda fernando fiona flora florence florian
frances francesca francesco francis francisco franciska francois francoise frank franz fred freddie freddy frederic
frederick frederik frida friedrich fritz gabriel gabriela gabriele gabriella gabrielle gaetane gareth gary gavin
genevieve geoff geoffrey georg george georgia georgina gerald gerard gerardo gerd gerhard gerry gertrud gerda giacomo
gianluca gianni gilbert gina giorgio giovanna giovanni gisela giulia giulio giuseppe gladys glen glenn gloria gonzalo
gordon graham greg gregor gregorio gregory greta gudrun guido guillaume guillermo gunter gunther gustav gustavo guy
gwendolyn hanna hannah hanne hannes hans harald harold harriet harry harvey hassan hayley heather hector heidi heike
heiko heinrich heinz helen helena helene helga helmut hendrik henri henrietta henrik henrique henry herbert hermann
hilary hilda hildegard holger holly horst howard hubert hugh hugo humphrey ian ida ignacio igor ilaria ilona ilse ines
inga inge ingeborg ingo ingrid irena irene irina iris irma isaac isabel isabella isabelle isobel ivan ivana ivo jack
jackie jackson jacob jacqueline jacques jaime jakob jakub jamal james jamie jan jana jane janet janice janina janine
janne jannik jared jaroslav jasmin jasmine jason javier jay jean jeanette jeanne jeff jeffrey jenna jennifer jenny jens
jeremiah jeremy jerome jerry jesper jesse jessica jill jim jimmy joachim joan joana joanna joanne joao joaquin jochen
jodie joe joel joelle johan johann johanna johannes john johnny jon jonas jonathan joost jordan jorg jorge jose josef
josefine joseph josephine josh joshua josie joyce juan juana juanita judith judy julia julian juliana juliane julie
julien juliet julio julius jurgen justin justine jutta kai kaisa kamil karel karen karin karl karla karolina karsten
katarina katarzyna kate katharina katherine kathleen kathrin kathryn kathy katie katja katrin katrina katy kay keith
kelly ken kenneth kerstin kevin kim kimberly kirsten kirsty klara klaus konrad konstantin kristen kristin kristina
kristof krystyna krzysztof kurt kyle lachlan lara larissa larry lars laszlo laura lauren laurence laurent laurie
lea leah leanne leila lena lenka leo leon leonard leonardo leonie leopold leroy leslie leticia lewis liam lidia liisa
lilian lilly lina linda lindsay lindsey linus lisa lise lloyd logan lois lola lorena lorenz lorenzo loretta lorraine
lothar lottie louis louisa louise luc luca lucas lucia luciana luciano lucie lucien lucille lucy ludmila ludwig luigi
luis luisa lukas luke luz lydia lynda lynn mabel madeleine madison magda magdalena magnus maja malcolm malgorzata malte
manfred manon manuel manuela marc marcel marcella marcello marcelo marcia marcin marco marcos marcus margaret margarita
margot marguerite maria marianna marianne marie marija marilyn marina mario marion marisa marissa marius marjorie marko
markus marlene marta martha martin martina marvin mary massimo mateo mateusz mathew mathias mathieu mathilde matilda
matt matteo matthew matthias matthieu maud maureen maurice mauricio maurizio mauro maxim maxime maximilian maxine megan
meike melanie melinda melissa melody mercedes meredith merle mia micah michael michaela michal micheal michel michele
michelle miguel mihai mike mikhail miguel milan mildred milena millie milos miranda mireille miriam mirko mitchell
mohamed mohammad mohammed moira molly mona monica monika monique morgan moritz morten moses muhammad muriel murray myriam
myrtle nadia nadine nadja nancy naomi natalia natalie natascha natasha nate nathalie nathan nathaniel neil nelson nick
nicholas nicola nicolai nicolas nicole nigel nikita nikola nikolai nikolaus nils nina noah noel noemi noelle nora norbert
norma norman oksana olaf ole oleg olga oliver olivia olivier orlando oscar oskar osvaldo otto owen pablo paige pamela
paola paolo pascal patricia patricio patrick patrik patrizia patty paul paula paulina pauline paulo pavel pawel pedro
peggy penelope penny per perry peter petr petra philip philipp philippa philippe phillip phoebe phyllis pia pierre
pierrick pieter pietro piotr polly priscilla quentin rachel radek rafael raffaele raimund rainer ralf ralph ramon ramona
randall randy raphael raquel raul raymond rebecca reinhard renata renate rene reto rhonda ricardo riccardo richard rick
ricky rita rob robert roberta roberto robin rocco rodney rodrigo roger roland rolf roman romana romy ronald ronnie
rosa rosalie rosalind rosanna rosario roseanne rosemarie rosemary rosie ross roxanne roy ruben rudiger rudolf rudy
rufus rupert russell ruth ryan sabina sabine sabrina sally salvador salvatore sam samantha samuel sander sandra sandrine
sandro sandy sara sarah sascha saskia scott sean sebastian sebastien serena serge sergei sergey sergio seth shane shannon
sharon shaun shawn sheila shelley sherry shirley sibylle sidney siegfried sigrid silke silvana silvia silvio simon simona
simone siobhan sofia sofie sonia sonja sophia sophie soren spencer stacey stacy stan stanislav stanley stefan stefania
stefanie stefano steffen stella stephan stephane stephanie stephen steve steven stewart stuart sue susan susana susann
susanna susanne suzanne suzie sven svenja svetlana sybille sylvain sylvia sylvie tabea tamara tammy tania tanja tanya
tara tatiana tatjana ted teodor terence teresa terri terry tess tessa thea thelma theo theodor theodora theodore theresa
therese thibault thierry thomas thorsten tiago tiffany till tilman tim timo timothy tina tobias toby todd tom tomas
tomasz tommaso tommy toni tony torsten tracey tracy travis trevor tricia tristan trudy tyler ulf ulrich ulrike umberto
ursula uta ute uwe valentin valentina valentino valeria valerie vanessa vaclav vera verena vernon veronica veronika
veronique vicki vicky victor victoria viktor viktoria vincent vincenzo viola violet violeta virginia virginie vivian
viviana vivien vladimir volker wade walter waltraud wanda warren wayne wendy werner wesley wilfried wilhelm willem
william willy winfried winifred winston wojciech wolf wolfgang xavier xenia yannick yolanda yves yvette yvonne zachary
zoe zoltan zsolt zuzana
`;

/** Northern, eastern and southern Europe beyond the commonest, and the rest of the world. */
const NAMES_ELSEWHERE = `
aino aleksi anneli annikki antero antti arja arttu eero eeva eija eino elina erkki esa hannele hannu harri heikki helvi
ilkka irja jaakko jari jarmo joni jorma jouko juha juhani jukka jussi kaarina kalle kalevi kari katri keijo kirsi lauri
lasse leena liisi marja marjatta markku matti merja mika mikko minna niko olavi olli paavo paivi pekka pentti pertti
petri petteri pirkko raija raimo reijo riikka ritva sakari sami sanna sari satu seija seppo sinikka sirpa taina taisto
tapani tapio tarja teemu tiina timo toivo tuomas tuula tuulikki ulla urho vaino veikko vesa vieno ville virpi aage
agneta arvid asbjorn asger bengt birgit birgitte bodil borje carina ebba einar eivind elof erling eskil espen esben
gerda gosta grethe gunnar gunilla gunvor haakon hakan halvor hedda helle henning hjalmar inger ivar jorgen jorunn kare
karianne kerstin kirsten kjell kjetil knud knut kristian kristoffer lasse leif lene lillian linnea magnhild maren margit
margrethe mathilda mette mikael mogens niels oddvar olav ole oyvind palle pernille preben ragnar randi rasmus roar
rune sigurd siv snorre solveig steen stian stig stine sture svein sverre synne thorbjorn tor tore torben torill tove
trond trude trygve turid ulrik unni vegard vibeke vidar viggo agata agnieszka alicja aneta artur bartlomiej bozena
boguslaw czeslaw danuta dariusz dobroslaw dorota elzbieta ewa ewelina grazyna grzegorz halina henryk iwona jacek jadwiga
janusz jaroslaw jerzy jolanta jozef justyna kacper kazimierz kinga leszek lukasz maciej malgorzata marek mariola mariusz
marzena michalina miroslaw monika patrycja przemyslaw radoslaw rafal renata roscislaw ryszard slawomir stanislaw stefania
sylwia szymon tadeusz teresa urszula waldemar weronika wieslaw wladyslaw zbigniew zdzislaw zenon zofia zygmunt alena
alzbeta blanka bohumil bozena dagmar dalibor eliska frantisek hana helena hynek iveta ivana jarmila jindrich jiri jitka
josef kamila karolina kveta ladislav libor lubomir lubos lucie ludek marcela marketa martina milada miloslav miluse
miroslav ondrej otakar pavla petra premysl radim radka radomir rostislav roman sarka simona stanislava stepan tereza
vaclav vera veronika viktorie vit vitezslav vladislav vlasta vojtech zbynek zdenek zdenka zuzana agota andras aniko
antal aranka arpad attila balazs balint barna bela bence boglarka csaba csilla denes dezso dora edina eniko erzsebet
eszter ferenc gabor geza gergely gizella gyorgy gyula ildiko imre irenke istvan janos jeno jozsef judit julianna kalman
karoly katalin kinga kornel koppany krisztina lajos levente lorinc margit marton matyas mihaly miklos monika norbert
orsolya otto palko pal peter piroska sandor szabolcs szilvia tamas tibor timea tunde valeria vilmos viola zita zoltan
zsofia zsuzsanna aleksandar alenka ana andreja andrija ante ante biljana bogdana bojan bojana borut branka branko
brosca darja darko davor dejan dragan dragana drago dubravka dusan dusko goran gordana gregor ivanka ivica jadranka
janez jasna jelena josip jovan katica kresimir ljiljana ljubica ljubomir luka marija marijan marinko marjan marjana
mateja matija mihael milan milica milka miljenko mirjana miro mladen mojca natasa neda nenad nevenka nikola polona predrag
rado radmila ranko ratko sanja sasa senka simo slavko slobodan snezana sonja stipe stjepan suzana svetlana tatjana tea
tomislav urska vesna viseslav vjekoslav vladimir vlatka vlado vojislav zdravko zeljko zlata zlatko zoran zvonimir aleksei
alexei alyona anatoly arkady artyom boris daria denis ekaterina elizaveta evgeny evgenia fyodor galina gennady gleb
grigory inna irina ivan kirill ksenia larisa leonid lev liudmila lyubov lyudmila maksim margarita maxim mikhail mijail
nadezhda natalya nikolay oksana olesya pavel polina raisa ravil roman ruslan semyon sofya stanislav tamara taras timur
vadim valentina valery vasily vera viktor vitaly vladislav vsevolod vyacheslav yana yaroslav yegor yekaterina yelena
yulia yuri yury zinaida anca andreea bogdan calin catalin ciprian claudiu cosmin costin cristi dan dorin dragos elena
florin gabriela gheorghe horia ileana ioana ion ionela ionut iulia liviu lucian luminita madalina marius mihaela mirela
mircea nicoleta octavian ovidiu petru radu razvan roxana silviu simona sorin stefan teodora tudor vasile viorel vlad
alceu bernardo beatrice caio camilo cettina clarice davi diogo duarte eduarda enzo evandro gaspar gilberto goncalo
guilherme heitor henriqueta ines iolanda isadora joaquim jordi josefa lourdes lucilia luan marcelino margarida matheus
mauricio miguel murilo nuno otavio raimundo renan renato rodolfo rogerio rui samuel thais thiago tomas ulisses vasco
vinicius vitor wagner agustin amparo anselmo asuncion begona belen blas candelaria carmelo concepcion consuelo cristobal
dolores domingo efrain emiliano encarnacion estefania eusebio evaristo facundo fermin fidel florencia gerardo graciela
guadalupe hernan hilario horacio ines inmaculada isidro jacinto javiera jesus joaquina josefina juliana leandro leonor
lorenza lucio macarena manolo marcelino maribel maricela maricruz marisol matias maximo milagros modesto montserrat nieves
nuria octavio pilar pascual paz ramiro raimundo rigoberto rocio rogelio roque rosalia rosendo rubi salome santiago
saul severino sonsoles tadeo telmo timoteo tomas ubaldo vicente ximena yesenia zacarias abramo adalberto alberta amedeo
annunziata armida assunta bruna calogero carmela carmine cesare cinzia clelia cosimo cristiano damiano dario donatella
edoardo elda elia emanuela emanuele enza ersilia eugenio ezio fabiana fabrizio fausto filippo fiorella flavia flavio
franca franco gaetano gaspare gennaro giada gianfranco gilda ginevra gino giordano giuliana giuseppina giusi graziella
ilario immacolata lamberto leandra letizia licia lidia livia loredana lucrezia marcella mariangela marisa matilde
mirella morena nicoletta nicolo nunzia nunzio orazio oreste ornella ottavia ottavio pasquale pasqualina pierluigi
piero pina raffaella raimondo renzo rosalba rosanna rosaria rossana rossella sabatino santo sebastiano secondo serafina
sergio silvestro stefania susanna taddeo tommaso tullio ubaldo ugo umberto valerio vito vittoria vittorio wanda adele
aimee alain alix amaury amelie anais andree ange apolline armand armelle arnaude aude aurelien baptiste bertrand blaise
cecile celestine christelle clotilde corentin cyril cyrille denis dreux edouard eloise emeric emilienne estelle etienne
eulalie fabienne fabrice fernand florent gael gaelle gaston germain germaine ghislaine gilles gisele gregoire gwenaelle
henriette honore hortense huguette jacinthe jean-luc jean-pierre jocelyne joel josette jules lionel loic lucienne ludovic
madeline marcelle marielle marthe maryse mathilda melissande michelline mirabelle morgane nadege nathanael nicolette
noemie octave odette odile olympe ophelie pascale patrice paulette perrine raoul regine regis remi remy renee rodolphe
romain roselyne sabin solange suzette sylvestre tanguy thibaut tristane valentine valere victoire violette virgile
yannis yoann zephyr abdul abdullah adel adnan ahmad ahmed aisha aliya alia amal amin amina amir amira anwar asma ayesha
ayman aziz bilal dalia dina fadi fahad farah farid farida farouk fatma ghassan habib hadi hala hamid hamza hana hanan
hani haroun hasan hisham huda hussein ibrahim idris imad imane iman ismail jamila jawad kamal karim khadija khaled khalid
lamia latifa layla leyla mahmoud majid malak maha mansour mariam marwa marwan maryam mehdi mona mounir muna mustafa nabil
nada nader nadia naima najib nasser nawal nizar noor nour omar osama othman rachid rafiq rana rania rashid reem rida
saad sabri safiya said salah saleh salim salma samir samira sana sara sawsan shadi sherif soraya suleiman tahir tamer
tariq usama wael walid yahya yasin yasmin yasmine yousef youssef yusuf zahra zainab ziad ayse ahmet asli aylin baris
berk burak burcu can cem cemal deniz derya ece ebru ekrem emel emine ender engin ercan erdem eren erhan erol esra fatih
ferhat filiz gizem gokhan gul gulsen hakan halil hande hatice huseyin ilker ipek kadir kemal kerem levent mehmet melis
meltem mert metin murat mustafa nalan nazli nihat nur okan onur orhan osman ozan ozge ozgur ozlem pelin pinar recep
ramazan selim selin sema serdar serkan sevgi sibel sinan suleyman tarkan tolga tuba tugba tulay turgut ufuk umut volkan
yasemin yavuz yildiz zeki zeynep aarav abhishek aditi aditya ajay akash alok amit amita anand ananya anil anita anjali
anjana ankit ankita anupam anuradha arjun arun asha ashok ashwin avinash bharat chandra deepa deepak deepika dev devi
dilip divya gaurav gayatri geeta girish gopal harish hemant indira ishaan jagdish jaya jyoti kamala kapil karan kavita
kiran kishore krishna kumar lakshmi lalita madhu mahesh manish manoj meena meera mohan mukesh nandini naresh naveen neha
nikhil nisha nitin padma pankaj parvati pooja pradeep prakash pramod pranav prasad pratik preeti priya priyanka rahul raj
raja rajan rajesh rajiv rakesh ramesh ranjit ravi rekha ritu rohan rohit sachin sandeep sangeeta sanjay sanjiv santosh
sarita satish savita shalini shankar shanti sharad shashi shilpa shiv shobha shreya siddharth smita sneha srinivas subhash
sudha sudhir sumit sunil sunita suresh sushil swati tanvi uday uma usha vandana varun vijay vikas vikram vinay vineet
vinod vishal vivek yash akiko akira asuka ayumi chie daichi daisuke eiji emi eriko fumiko hana haruka haruki hideki
hiroko hiroshi hitomi ichiro isamu kaito kaori katsumi kazuko kazuo keiko kenji kenta koichi kumiko kyoko makoto mariko
masako masao mayumi megumi michiko midori minoru misaki mitsuko naoki naoko natsuki nobuko noriko osamu reiko rena rie
rika ryo ryota sachiko sakura satoko satoshi sayuri shigeru shinji shiro shizuka shoko shota sumiko susumu tadashi
takashi takeshi takumi taro tatsuya tetsuya tomoko tomomi tomoya toshio tsubasa yoko yoshiko yosuke yui yuito yuka yuki
yukiko yumi yumiko yuriko yusuke yuta bao binh chau chen cheng chi chun dung feng fang gang guang guo hao hong hua hui
huong jian jiang jie jing jun lan lei liang lihua ling linh long mei meiling mingyu minh nam nga ngoc nguyen ning peng
phuong qiang qing quang rong rui shan shu shuang tao thanh thao thi thuy ting tuan tuyen van wei weiwei xiang xiao
xiaoming xin xinyi xiu xue yan yang yanli ying yong yuan yun zhen zheng zhiming eun-ji hyun ji-hoon ji-woo jihye jin
min-jun minji minjun seo-yeon seojun seung soo-jin soojin sung-ho sunghee yeon yoon young-hee youngsoo abebe abena adaeze
ade adebayo aisha akua ama amara amadou aminata ayodele babatunde chidi chidinma chika chinedu chinua chioma ebele
efua emeka enitan fatou folake fumilayo ibrahima idrissa ife ifeoma ikenna imani jabari kamau kemi kofi kwabena kwame
kwasi lindiwe makena malaika mamadou mandla moussa mwangi naledi nandi ngozi njeri nia nkechi nneka nomsa obinna ochieng
olu oluwaseun oumar ousmane sekou sibusiso sipho tendai thabo thandiwe tunde uche wanjiru yaa yaw zola zuri
aharon avi aviv avraham boaz chaim chana dov efrat eitan elad eliana eliezer gal galit gideon gilad hadas ilan itamar
lior maayan meir menachem michal mordechai moshe nadav naftali noa noam ofer oren orly rivka ronen roni shai shaul
shira shlomo shmuel tal tamar tzipi uri yaakov yael yair yaron yehuda yitzhak yoav yonatan yosef yossi zeev zvi
`;

/** Names that are also everyday words, months or places: they count only with another sign of a name beside them. */
const AMBIGUOUS_NAMES = `
amber amor angel art ash autumn bay basil bill blaze bliss bob brook carol cash charity chase christian chuck cliff clay
coral crystal dale dan dawn dean destiny dev dolly don drew duke earl eden ernest eve faith fern flora forest frank
gale gay gene ginger glen gloria gold grace grant guy harmony hazel heather holly hope hunter iris ivy jack jade jasmine
jay jean jewel joy june justice king lance lane laurel lily long lucky mark mars mason max may mercy melody merry miles
misty nick norm olive opal page paige paris pat patience paz pearl penny per peter piper poppy prince rain ray reed
rich rob robin rocky rod roman rose ruby rusty sally sandy scarlet sky sky star stone storm sue summer sunny tab tad
terry tony trinity tuesday van victor viola violet virginia wade ward will willow winter woody can cem chi dung hong hua
jin lan lei min nam ning nur raja santo secondo sung tal tao thi ting young yang gang gal dora dina karin jordan georgia
chad austin dallas madison carolina victoria sofia florence lourdes milan vienna india israel jackson lincoln washington
august april march chase sage river noble loyal rex rocket chip buddy major deacon bishop judge
`;

const split = (names: string) => names.trim().split(/\s+/);

/** Given names that by themselves are a sign of a person. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  [...split(NAMES), ...split(NAMES_ELSEWHERE)].filter((name) => !split(AMBIGUOUS_NAMES).includes(name)),
);
/** Given names that are everyday words or places too. */
export const AMBIGUOUS_GIVEN_NAMES: ReadonlySet<string> = new Set(split(AMBIGUOUS_NAMES));
