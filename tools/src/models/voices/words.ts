// What the synthetic voices say: the keywords, words that sound like them, and words that do not.

export const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;
export const commands = ['yes', 'no', 'up', 'down', 'left', 'right', 'on', 'off', 'stop', 'go'] as const;

/** Words a sound or two away from a keyword, by the keyword; none that is spoken as the keyword is (for, won, too, ate, know, write). */
export const nearWords: Readonly<Record<string, string>> = {
  zero: 'hero arrow sorrow narrow nero xerox row hollow zebra zeal zoom borrow',
  one: 'gun sun done run fun none once want wonder bun swan wine when win wand gone',
  two: 'tool tooth who do shoe new zoo blue true toe tea tune chew threw soup dew few',
  three: 'free tree tea key knee sea thread threat throw through theme teeth green flee treat fee',
  four: 'more door floor pour fork form fort force forty born horse store shore foot fear fur fair far roar',
  five: 'fire fight file fine hive wife life drive alive thrive knife find fly buy bike vibe live',
  six: 'mix fix sticks sick tics bricks kicks wicks sit sips sex socks sacks silk sink licks picks fish tricks',
  seven: 'heaven eleven kevin devon leaven seventy sever several lesson second severe given oven',
  eight: 'wait gate mate late date rate eighty ache aid age plate weight hate ape state great eighteen',
  nine: 'fine mine sign wine line shine night nice pine time ninety nigh knight spine dine vine kind',
  yes: 'chess guess mess less yet yell jazz dress west best yesterday us ness yaks pass yard',
  no: 'node note nose nor low row snow toe known blow so mow load nobody north gnome knee slow',
  up: 'cup pup us sup app ape upper cap cop op hop hub uncle other shut of',
  down: 'town dawn brown drown gown dune done don noun crown doubt count bound dine daunt frown',
  left: 'lift loft lest laughed theft lend let leaf shelf bereft leapt leg melt deft',
  right: 'light night bright ripe rice ride fright sight kite white rate root rat height might wipe flight',
  on: 'own john gone dawn an aunt honor song lawn arm en common ox odd long in onset',
  off: 'oft golf cough awful office often cloth loft soft moth coffee offer boss toss half scoff loss',
  stop: 'step top shop stoop stomp stock spot drop start strap stuff steep chop stub star swap stall',
  go: 'gold coal goat ghost goal grow glow girl gum toe cold god ago coat gross gun good gone code',
};

/** Words with nothing of a keyword. */
export const otherWords =
  'backward bed bird cat dog follow forward happy house learn marvin sheila visual wow water table chair window open close lamp music ' +
  'play pause next back hello thanks please maybe today tomorrow morning evening yellow red orange black paper pencil sugar bread ' +
  'butter apple banana mother father brother sister doctor teacher school kitchen garden summer winter spring autumn monday tuesday ' +
  'wednesday thursday friday saturday sunday river mountain ocean island city village market street bridge number letter question ' +
  'answer quick tall short heavy strong silent broken wooden purple silver computer keyboard telephone camera picture story language ' +
  'history science heat twenty hundred thousand million twelve thirteen animal basket bottle candle carpet castle ceiling circle cousin ' +
  'danger dinner dollar dragon driver engine energy family farmer finger flower forest friend future giant glass guitar hammer handle ' +
  'helmet holiday honey hospital hotel hungry insect jacket january february march april june july august september october november ' +
  'december jungle kettle ladder leather library lizard machine magnet manager medicine memory message metal minute mirror monkey ' +
  'monster movie museum nature needle nephew newspaper package painter palace parent parrot party passenger pattern pepper person ' +
  'pillow pirate planet plastic pocket police potato present princess prison problem pumpkin rabbit radio railway rainbow reason record ' +
  'restaurant ribbon rocket sailor salad sandwich scissors season secret shadow shoulder singer soldier spider station stomach student ' +
  'subject sunset supper surprise sweater system temple theater thunder ticket tiger tomato tongue tower traffic travel treasure ' +
  'trouble trumpet turtle umbrella universe valley vegetable victory violin volcano wallet weather wedding whistle wizard wolf woman ' +
  'yogurt zipper alpha bravo charlie delta echo foxtrot india juliet kilo lima mike oscar papa quebec romeo sierra tango uniform victor ' +
  'whiskey xray again enough because always never before after behind between around across inside outside together without volume ' +
  'louder quieter begin finish cancel continue repeat delete save search call mute unlock enable disable increase decrease faster ' +
  'slower bathroom bedroom heater cooler fan curtain alarm timer news artist playlist shuffle skip this that what where which they them ' +
  'there have had has was were will would could should make take give look think come use work feel try ask need leave put mean keep ' +
  'seem help talk turn show hear move like believe hold bring happen provide stand lose pay meet include change lead understand watch ' +
  'speak read allow add spend walk remember love consider appear serve die send expect build stay fall cut reach kill remain suggest ' +
  'raise sell require report decide pull';

/**
 * Digits and commands as somebody says them whose language has other sounds: the word spelled so that the voice of that language comes
 * near it. In the order of `digits`, then of `commands`.
 */
export const foreignSpellings: Readonly<Record<string, { digits: string; commands?: string }>> = {
  de: { digits: 'siro uann tuh srih fohr feif sicks sewwen äit nein', commands: 'jess noh app daun left reit onn off stopp goh' },
  fr: { digits: 'ziro ouanne tou sri fore faïve sixe sévène eïte naïne', commands: 'yèsse nô eup daoune lefte raïte onne offe stoppe gô' },
  nl: { digits: 'zierow wan toe srie foor faaiv siks sevven eet nain', commands: 'jes noow up daun left rait on of stop gow' },
  es: { digits: 'siro uan tu zri for faiv siks seven eit nain', commands: 'yes nou ap daun left rait on of estop gou' },
  it: { digits: 'ziro uan tu tri for faiv sics seven eit nain', commands: 'ies nou ap daun left rait on off stop gou' },
  pl: { digits: 'ziro łan tu fri for fajw siks sewen ejt najn', commands: 'jes noł ap daun left rajt on of stop goł' },
  pt: { digits: 'zírou uãn tu tri fór faiv sics séven eit nain', commands: 'iés nou âp daun léft rait ón óf stóp gou' },
  sv: { digits: 'siro oann tu tri får fajv sicks sevven ejt najn', commands: 'jess nåo app daon left rajt ånn åff ståpp gåo' },
  tr: { digits: 'ziro van tu tri for fayv siks sevın eyt nayn', commands: 'yes nov ap davn left rayt on of stop gov' },
  ru: { digits: 'зироу уан ту сри фор файв сикс сэвен эйт найн', commands: 'йес ноу ап даун лефт райт он оф стоп гоу' },
  hi: { digits: 'ज़ीरो वन टू थ्री फ़ोर फ़ाइव सिक्स सेवन एट नाइन', commands: 'येस नो अप डाउन लेफ़्ट राइट ऑन ऑफ़ स्टॉप गो' },
  el: { digits: 'ζίροου ουάν του θρι φορ φάιβ σιξ σέβεν έιτ νάιν' },
};
