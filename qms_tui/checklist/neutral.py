"""Words whose change leaves a question what it was: articles, little words, and ways to say "check"."""

_WORDS = """
a an the is are was were be been being do does did has have had there this that these those it its their they
of to for in on at by with as per each every any all properly correctly currently still please
check checked checking verify verified verifying confirm confirmed confirming ensure ensured make sure see
whether if inspect inspected review reviewed assess assessed
der die das den dem des ein eine einen einem einer ist sind war waren wird werden wurde wurden hat haben
zu zum zur von vom im am bitte prüfen geprüft prüfe ob kontrollieren kontrolliert dass
le la les l un une des du de d est sont a ont été être à au aux en que vérifier vérifié contrôler si
el los las una unos unas es son está están ha han del al que verificar comprobar revisar si
請 请 的 了 嗎 吗 呢 是 否 已 有 被 之  都 均 應 应 須 须 需 確 确 認 认 檢 检 查 核 對 对
は が を に の で と も か ます です した して いる ある 確 認
"""
NEUTRAL = frozenset(_WORDS.split())
