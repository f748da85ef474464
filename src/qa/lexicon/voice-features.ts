const pieces = (list: string): readonly string[] => list.trim().split(/\s+/u);

/**
 * The 300 commonest neighbours of a skeleton (`countStyle`) in the texts that `voice-background.ts` names; `+` stands
 * between the two. Part of the profile format: a change raises `VOICE_VERSION`.
 */
export const VOICE_SKELETON: readonly string[] = pieces(
  `
    ~+~ the+~ ~+, ~+of ~+. a+~ of+the of+~ to+~ ~+to ~+and and+~ ,+and ,+~ ~+in ~+the ~+~es ~+; in+the
    to+the the+~ion ~ed+~ ~+- in+~ ~+~ion ~ion+of ~ing+~ be+~ed .+the this+~ ~+~ed ~+that ~es+, -+~ ~+for
    .+~ his+~ the+~es our+~ that+~ ,+the ~es+of ~ed+to ~ed+, ~+~ing ~ion+, ~ly+~ be+~ their+~ ~+a an+~ ~+is
    ;+and ~ly+~ed to+be the+~ed ~+with i+~ ~ed+by ,+in and+the by+the ~ing+the for+the ~+on it+is ,+that
    ~es+. ~+! ~ed+in of+a ~+which ~+from on+the that+the ,+~ing ~+it of+~ing its+~ ~ion+. .+it from+the ,+as
    ~+or the+~ing ~+by ~+? ~+as .+but for+~ or+~ ~ed+. will+~ by+~ is+~ with+~ ~ed+~es ,+to with+the no+~
    been+~ed all+~ ,+~ed ~+~ly ~+was not+~ ~+at ~+will ~ed+the and+~ed have+been and+~ing other+~ ,+or .+in
    ,+but ,+it ~+are have+~ed ,+i ~+has in+a any+~ .+i will+be ,+which one+~ a+~ion of+our has+been ~ing+to
    my+~ ~+— these+~ of+~ion ~ion+to more+~ at+the we+~ ~es+and ~ing+, would+be .+and would+~ as+~ ~+upon
    the+same every+~ ~es+~ ~ed+with is+~ed may+be of+this .+we ~ed+and have+~ all+the on+~ of+~es some+~
    at+~ ~+would ~+have ~+than are+~ most+~ same+~ ,+we as+the upon+the in+~ing .+this it+~ ~ed+that ,+with
    ;+but and+~es those+~ ~es+to which+~ of+his ,+by of+their ~ion+~ ~es+in in+this the+other ~+into they+~
    !+~ from+~ ;+~ ~ly+~ing are+~ed must+~ ,+a can+~ ,+he it+was and+to it+, very+~ ,+is to+a should+be he+~
    was+~ed the+most is+the so+~ ~+them ~+were ~ed+from ~ion+in was+~ ~+i ~+their ~+our ,+~ly ~ed+for own+~
    with+a which+the it+. ~ion+and been+~ ~ly+, ~ing+of ~+him this+~ion ,+for of+that such+~ ,+if but+~
    ~ing+~es ~+may ~+this ~+should ~+: two+~ —+~ is+a ~es+; as+a in+~ion we+have into+the has+~ed .+a a+~ing
    may+~ he+~ed and+~ly such+a -+~ed ~+against for+a of+all the+first first+~ by+~ing .+if ~+who ,+when
    ~+an ,+they ;+the and+that ~ing+a and+in ~ing+in be+~ly ~+had you+~ ,+would ~+all should+~ there+is
    ~+can is+not ~+his must+be ~+up ~+between ~+be ~+over your+~ one+of ~ed+on of+its ~ed+; i+have they+are
    as+to who+~ a+~ed it+will ~+must ~+out
  `,
).map((pair) => pair.replace('+', ' '));

/** The 700 commonest runs of three characters there; `_` stands for a space. Part of the profile format. */
export const VOICE_TRIGRAMS: readonly string[] = pieces(
  `
    _th the he_ _of of_ _an _in nd_ and _to to_ ed_ ion ing in_ _co ng_ on_ _be tio at_ f_t ent is_ er_ n_t
    _a_ e_t _wh re_ e_s es_ tha hat d_t e_a e_o _re _ha s_o as_ t_t for ,_a ati _it or_ _wi ll_ s,_ _pr _fo
    her s_t con ate s_a ly_ e_p ver e_c his ere en_ nt_ _st _no st_ _ma an_ ons ve_ e,_ men al_ be_ res ,_t
    it_ e_i all ch_ ter e_w se_ thi le_ _on t_o _is _se ith ts_ _de ess _as sta o_t th_ _we n_a n_o t_i ted
    ld_ _hi _he nce pro _so _ca _al our r_t e_m ut_ t_a wit d_a _su ce_ whi e_f _wa ._t ill rea y_t s_i _mo
    ,_w e_b not _ex by_ eve ,_i d_i ry_ _by ave est int com d_b _un _ar ove ns_ _di _ou ect _pe t,_ _wo me_
    _fr oul ain per ive hic _bu ers s_w ich uld e_e s._ te_ _sh _po _me are n,_ der tho pre d,_ hav e_d g_t
    ty_ t_w ot_ sti e_h ght e_r y_a ur_ tat _go ore y_o _pa e_l _at nde hou one d_s but nte om_ _li ._i _i_
    ble _sa _la _or ity _le n_i igh _ne oun rom een nat ear eri art end ide d_o ies iti ose wil e._ rs_ tin
    f_a h_t e_n wer fro era cti y,_ ern oth ome rat enc r_a man wha ss_ und ort par str t_s ous d_w s_s gre
    we_ us_ ne_ r_o eat abl ir_ ica han cou ure ust ces _ho anc s_b _fa can nti _en es, ine ese t_b _tr pos
    e_g ay_ hal was ist _na ind _fi ten hei red out _gr _do eir ame ant nst _bo lat hin tur tra _lo ple tes
    ar_ _mi ey_ s_f rin s_c ong ste rit e_u r,_ eas les tic hen t_h wou its act mer d_f n_w ast ht_ _si dis
    ugh uni o_a h_a has _up bee sio ,_b _mu o_b ow_ s_h _ev m_t ssi owe _yo sen d_h hey whe lit inc _ch y_s
    ins _am ard mor l_t nts tan rec on, ven oug t._ ad_ uti _sp spe n_s ct_ _im din _ye min ._a gov so_ ;_a
    who ed, now _ad et_ you nme ite r_c ish any ens t_c tiv nal app ene n._ tte ,_o ery s_p ale ral ke_ uch
    _ac equ _pu den rnm t_m lin ice y_i de_ d_c ded l_a omm _ot r_i r_s ,_s ndi ny_ sho ead ime g_a tai tim
    y_b ost a_s eme rou s_n hem pon cal por rop rie bli sid ran d._ s_m ric ont ned nes n_h rti ds_ pen unt
    hes _ta ,_h sel o_s y_w ell fic nit _ag ren lan age sed imp use lar lly t_f ary itu ope sin pri ona nsi
    _ti t_p own ntr _fe ge_ lic hos ic_ d_p ert wor d_m hea ace que _ju war _br ake rt_ kin n_e _pl y_c _te
    pla som cha see er, him _ap r_p ses _cr _us ade n_c tit nge y._ att ves ree ial n_f omp tri tie mon f_i
    l_b sse _if exp ass led _ab har suc ual ina r_w ire pec n_b ori d_n may f_o sit ner a_c pow upo ew_ ili
    if_ em_ ien o_m ber ord ou_ cre ece gen eac ser ._w ._b ely ise wn_ nin shi no_ des n_p lea o_h s_e mus
    sur pea l_o ecu _qu es. f_s med had orm _ob old ula gh_ y_p on. nta l_s _ri tor o_p rd_ leg mos ase rac
    n_m _vi eco y_f rce _da d_e _fu tre s;_ ach y_d rep o_c a_p ffi ini iou lon id_ ans ful nly r._ h_i f_c
    nto ari g_o mat d_d _ba hor my_ ubl y_h s_d eop rov t_d ppo ffe _ve _ci f_p eed rem nse opl cul ang fer
    peo _ra son _cl _ge mpl t_e g_i isi _af jec h_o ile ee_ sha ood thr lle ici nci t_l oin rta l,_
  `,
).map((run) => run.replaceAll('_', ' '));

/** Rates that a list gives in millionths. */
export const rates = (list: string): readonly number[] =>
  pieces(list).map((each) => Number(each) / 1_000_000);
