/** Every word that the chart shows or speaks. A language is one table; what a table leaves out is said in English. */

export type Quality =
  | "aching" | "burning" | "stabbing" | "throbbing" | "cramping" | "pins-and-needles" | "numbness" | "other";

export type Words = typeof english;

export const english = {
  chart: "Body chart",
  loading: "Getting the body ready …",
  failed: "The body could not be loaded. Check the connection and try again.",
  tryAgain: "Try again",
  neutralUnder18: "The body shown here is a grown-up one, the same for everybody under 18. Paint where it hurts on you.",
  ask: { paint: "Where does it hurt?", point: "Place a point", show: "On this body" },
  askHow: { paint: "Choose how it feels and how strong it is, then paint on the body.", point: "Tap the body. Muscles are named as you move.", show: "" },
  way: { label: "Way to use the chart", "3d": "3D", flat: "Flat", list: "List" },
  view: {
    label: "Look at",
    front: "Front",
    back: "Back",
    left: "Left side",
    right: "Right side",
  },
  sideOf: {
    you: { left: "Your left", right: "Your right" },
    patient: { left: "Patient’s left", right: "Patient’s right" },
    front: "Front",
    back: "Back",
  },
  zoom: { label: "Zoom", whole: "Whole", head: "Head", hands: "Hands", feet: "Feet", in: "Closer", out: "Further" },
  zoomOn: {
    hands: { left: "Left hand. Press again for the right one.", right: "Right hand. Press again for the left one." },
    feet: { left: "Left foot. Press again for the right one.", right: "Right foot. Press again for the left one." },
  },
  tool: { label: "Tool", paint: "Paint", erase: "Erase", turn: "Turn", move: "Move" },
  hint: {
    touch: { "3d": "Two fingers turn and zoom. Drag beside the body to turn it.", flat: "Two fingers move and zoom." },
    mouse: { "3d": "Drag beside the body to turn it. The wheel zooms.", flat: "Drag beside the body to move it. The wheel zooms." },
    drawing: "Tap a part of the body to paint it. Tap again to take it away.",
  },
  quality: {
    label: "How does it feel?",
    aching: "Aching",
    burning: "Burning",
    stabbing: "Stabbing",
    throbbing: "Throbbing",
    cramping: "Cramping",
    "pins-and-needles": "Pins and needles",
    numbness: "Numbness",
    other: "Something else",
  } as Record<Quality | "label", string>,
  intensity: { label: "How strong?", level: ["none: erases", "barely there", "mild", "mild", "moderate", "moderate", "strong", "strong", "very strong", "very strong", "the worst imaginable"] },
  brush: { label: "Brush size", small: "Small", middle: "Medium", large: "Large" },
  undo: "Undo",
  redo: "Redo",
  mirror: "Same on the other side",
  clear: "Clear all",
  cleared: "Everything cleared. Undo brings it back.",
  undone: "Taken back",
  redone: "Done again",
  mirrored: "Copied to the other side",
  nothingToMirror: "Nothing is painted yet",
  painted: "{place}: {quality}, {intensity} of 10",
  erased: "{place}: erased",
  places: { none: "Nothing painted yet", label: "Painted so far", more: "and {n} more", and: "and" },
  side: { left: "left {name}", right: "right {name}", both: "{name} on both sides", midline: "{name}" },
  sideWord: { left: "Left", right: "Right", midline: "Middle" },
  list: {
    search: "Search for a place",
    searchMuscle: "Search for a place or muscle",
    none: "No place is called that. Try another word, such as knee or shoulder.",
    found: "{n} places",
    foundOne: "1 place",
    part: "partly",
    groups: {
      head: "Head and face", neck: "Neck", shoulder: "Shoulder and arm", hand: "Hand and wrist", chest: "Chest and belly",
      back: "Back", hip: "Hip, buttock and groin", leg: "Thigh and knee", calf: "Lower leg", foot: "Ankle and foot",
    },
    muscles: "Muscles",
  },
  kind: { label: "What to place", "trigger-point": "Trigger point", "needle-site": "Needle site" },
  point: {
    none: "No points placed yet",
    nothingHere: "No muscle drawn here",
    placed: "{kind} placed: {place}",
    removed: "{kind} removed",
    muscle: "Muscle",
    noMuscle: "no muscle",
    remove: "Remove",
    number: "{kind} {n}",
    place: "Place {kind}",
    deep: "deep",
  },
  show: {
    legend: "What is shown",
    painting: "Pain",
    paintingScale: ["mild", "strong"],
    clearance: "Clearance for needling",
    level: { clear: "Clear", adapt: "Adapt", weigh: "Weigh", stop: "Stop" },
    levelMeans: {
      clear: "nothing known against it", adapt: "with care taken", weigh: "weigh benefit against risk", stop: "do not needle here",
    },
    hazards: "What lies beneath",
    muscles: "Muscles that could explain it",
    musclesScale: ["less likely", "more likely"],
    zones: "Referred pain",
    zoneMain: "mainly here",
    zoneSpill: "also here",
    points: "Points",
    time: "Time",
    compare: "Compare first and last",
    compareMeans: { gone: "gone", stayed: "still there", fresh: "new" },
    change: "{before} cm² then, {after} cm² now",
    hide: "Hide",
    show: "Show",
    nothing: "Nothing to show yet",
    probability: "{n} %",
  },
  /** Plain names of the 117 regions, for people who are not clinicians. The page's `names` go before these. */
  regions: {
    "Achilles tendon": "back of the ankle (Achilles)",
    "anterior ankle": "front of the ankle",
    "anterior neck": "front of the neck",
    "anterior shoulder": "front of the shoulder",
    "anterior thigh, lower": "lower front of the thigh",
    "anterior thigh, middle": "middle front of the thigh",
    "anterior thigh, upper": "upper front of the thigh",
    "anterior upper arm": "front of the upper arm",
    "anterolateral leg, lower": "lower outer shin",
    "anterolateral leg, upper": "upper outer shin",
    "anteromedial leg (tibia), lower": "lower inner shin",
    "anteromedial leg (tibia), upper": "upper inner shin",
    axilla: "armpit",
    "ball of foot": "ball of the foot",
    "buttock, lower": "lower buttock",
    "buttock, upper": "upper buttock",
    "cervicothoracic junction": "base of the neck",
    cheek: "cheek",
    "chest (pectoral / breast)": "chest",
    chin: "chin",
    "cubital fossa": "inside of the elbow bend",
    "dorsal forearm, radial, lower": "back of the lower forearm (thumb side)",
    "dorsal forearm, radial, upper": "back of the upper forearm (thumb side)",
    "dorsal forearm, ulnar, lower": "back of the lower forearm (little finger side)",
    "dorsal forearm, ulnar, upper": "back of the upper forearm (little finger side)",
    "dorsum of foot, lateral": "outer top of the foot",
    "dorsum of foot, medial": "inner top of the foot",
    "dorsum of hand, radial": "back of the hand (thumb side)",
    "dorsum of hand, ulnar": "back of the hand (little finger side)",
    ear: "ear",
    epigastric: "upper middle belly",
    eye: "eye",
    flank: "flank",
    forehead: "forehead",
    "great toe": "big toe",
    groin: "groin",
    "heel, plantar": "underside of the heel",
    "heel, posterior": "back of the heel",
    hypochondriac: "upper belly below the ribs",
    hypogastric: "lower middle belly",
    hypothenar: "palm (little finger side)",
    "iliac fossa": "lower side of the belly",
    "index finger": "index finger",
    infraclavicular: "upper chest",
    "interscapular, lower": "space between the shoulder blades (lower)",
    "interscapular, upper": "space between the shoulder blades (upper)",
    "jaw (masseter)": "jaw",
    "lateral abdomen": "side of the belly",
    "lateral ankle": "outer ankle",
    "lateral calf": "outer calf",
    "lateral elbow": "outer elbow",
    "lateral hip (trochanter)": "side of the hip",
    "lateral knee": "outer knee",
    "lateral leg (peroneal), lower": "lower outer leg",
    "lateral leg (peroneal), upper": "upper outer leg",
    "lateral neck": "side of the neck",
    "lateral ribs": "side of the ribs",
    "lateral shoulder": "outer shoulder",
    "lateral sole": "outer sole",
    "lateral thigh, lower": "lower outer thigh",
    "lateral thigh, upper": "upper outer thigh",
    "lateral upper arm": "outer upper arm",
    "lesser toes": "small toes",
    "little finger": "little finger",
    "lower calf (soleus)": "lower calf",
    "lower lumbar (L4-L5)": "low back (lower)",
    "lower ribs, anterior": "lower front ribs",
    "lower thoracic paraspinal": "mid back beside the spine",
    mastoid: "behind the ear",
    "medial ankle": "inner ankle",
    "medial arch": "arch of the foot",
    "medial calf": "inner calf",
    "medial elbow": "inner elbow",
    "medial knee": "inner knee",
    "medial thigh, lower": "lower inner thigh",
    "medial thigh, upper": "upper inner thigh",
    "medial upper arm": "inner upper arm",
    "middle finger": "middle finger",
    mouth: "mouth",
    nose: "nose",
    occiput: "back of the head",
    "palm, central": "middle of the palm",
    patella: "kneecap",
    "perineum / genital": "between the legs",
    "popliteal fossa": "back of the knee",
    "posterior elbow": "tip of the elbow",
    "posterior lower ribs": "lower back ribs",
    "posterior neck, lower": "lower back of the neck",
    "posterior neck, upper": "upper back of the neck",
    "posterior shoulder": "back of the shoulder",
    "posterior thigh, lower": "lower back of the thigh",
    "posterior thigh, middle": "middle back of the thigh",
    "posterior thigh, upper": "upper back of the thigh",
    "posterior upper arm": "back of the upper arm",
    "ring finger": "ring finger",
    sacroiliac: "low back dimple (sacroiliac)",
    sacrum: "base of the spine (sacrum)",
    "scapula (infraspinous)": "shoulder blade",
    sternocleidomastoid: "front side of the neck",
    sternum: "breastbone",
    supraclavicular: "above the collarbone",
    suprascapular: "top of the shoulder blade",
    temple: "temple",
    temporomandibular: "jaw joint",
    thenar: "ball of the thumb",
    thumb: "thumb",
    umbilical: "belly beside the navel",
    "upper lumbar (L1-L3)": "low back (upper)",
    "upper outer buttock (gluteus medius)": "upper outer buttock",
    "upper trapezius": "top of the shoulder",
    vertex: "top of the head",
    "volar forearm, radial, lower": "inside of the lower forearm (thumb side)",
    "volar forearm, radial, upper": "inside of the upper forearm (thumb side)",
    "volar forearm, ulnar, lower": "inside of the lower forearm (little finger side)",
    "volar forearm, ulnar, upper": "inside of the upper forearm (little finger side)",
    "wrist, dorsal": "back of the wrist",
    "wrist, palmar": "inside of the wrist",
  } as Record<string, string>,
};

/** Tables of further languages, by their tag. A page may add its own: `addLanguage("de", {…})`. */
const LANGUAGES = new Map<string, Words>([["en", english]]);

type Partly<T> = { [K in keyof T]?: T[K] extends (infer E)[] ? E[] : T[K] extends object ? Partly<T[K]> : T[K] };

export function addLanguage(tag: string, words: Partly<Words>): void {
  LANGUAGES.set(tag.toLowerCase(), merged(english, words));
}

/** The words of a language tag such as `en-GB`: the nearest table that there is. */
export function wordsIn(tag: string | null | undefined): Words {
  const wanted = (tag ?? "en").toLowerCase();
  return LANGUAGES.get(wanted) ?? LANGUAGES.get(wanted.split("-")[0]!) ?? english;
}

/** `{name}` in a sentence replaced by what it stands for. */
export function say(sentence: string, parts: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in parts ? String(parts[name]) : whole));
}

function merged<T extends object>(under: T, over: Partly<T>): T {
  const out = { ...under } as Record<string, unknown>;
  for (const [key, value] of Object.entries(over)) {
    const below = out[key];
    const both = isTable(below) && isTable(value);
    if (value !== undefined) out[key] = both ? merged(below, value) : value;
  }
  return out as T;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
