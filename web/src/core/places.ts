/** From regions to words: names, sides, the place of a stroke, and the groups of the list. */

import { NO_SKIN, type Region } from "./areas.ts";
import type { Body } from "./body.ts";
import { say, type Words } from "../words.ts";

/** Names that a page gives: of regions (by their name in regions.json) and muscles (by id), with other words to find them by. */
export interface Names {
  regions?: Record<string, string | { title: string; also?: string[] }>;
  muscles?: Record<string, string | { title: string; also?: string[] }>;
}

export type GroupName = keyof Words["list"]["groups"];

export class Places {
  private readonly words: Words;
  private readonly names: Names;
  private readonly plain: boolean;

  /** `plain`: where the page gives no name, everyday words rather than the clinical ones of regions.json. */
  constructor(words: Words, names: Names = {}, plain = true) {
    this.words = words;
    this.names = names;
    this.plain = plain;
  }

  /** What a region is called, without its side. */
  title(region: Region): string {
    const given = this.names.regions?.[region.name];
    if (given) return typeof given === "string" ? given : given.title;
    return (this.plain ? this.words.regions[region.name] : undefined) ?? region.name;
  }

  /** What a region is called, with its side: "left temple". */
  sided(region: Region): string {
    return say(this.words.side[region.side], { name: this.title(region) });
  }

  muscle(id: string, title?: string): string {
    const given = this.names.muscles?.[id];
    const name = given ? (typeof given === "string" ? given : given.title) : (title ?? id.replaceAll("-", " "));
    // A title begins with a capital; within "left …" it does not, unless it is an abbreviation.
    return /^\p{Lu}\p{Ll}/u.test(name) ? name[0]!.toLowerCase() + name.slice(1) : name;
  }

  /** Everything by which somebody may look for a region. */
  searchText(region: Region): string {
    const given = this.names.regions?.[region.name];
    const also = typeof given === "object" ? (given.also ?? []) : [];
    return fold([this.title(region), region.name, this.words.regions[region.name] ?? "", ...also].join(" "));
  }

  muscleSearchText(id: string, title: string): string {
    const given = this.names.muscles?.[id];
    const also = typeof given === "object" ? (given.also ?? []) : [];
    return fold([this.muscle(id, title), title, id.replaceAll("-", " "), ...also].join(" "));
  }

  /**
   * Where is this set of vertices, in words? The regions that hold most of it, at most two, both sides said as such:
   * "left temple", "left temple and left forehead", "forehead, both sides".
   */
  where(body: Body, vertices: Iterable<number>, most = 2): string {
    const sums = new Map<number, number>();
    let all = 0;
    for (const v of vertices) {
      const region = body.regionOfVertex[v]!;
      if (region === NO_SKIN) continue;
      const area = body.vertexAreas[v]!;
      sums.set(region, (sums.get(region) ?? 0) + area);
      all += area;
    }
    const large = [...sums].sort((a, b) => b[1] - a[1]).filter(([, area], n) => n === 0 || area > 0.2 * all);
    return this.listed(large.map(([id]) => body.regions[id]!), most);
  }

  /** Regions as words; left and right of the same are said together. */
  listed(regions: Region[], most: number): string {
    const { side, places } = this.words;
    const said = [...new Set(regions.map((one) => one.name))].map((name) => {
      const [first, ...others] = regions.filter((one) => one.name === name);
      return others.length ? say(side.both, { name: this.title(first!) }) : this.sided(first!);
    });
    const shown = said.slice(0, most);
    const rest = said.length - shown.length;
    const text = shown.length === 2 && !rest ? shown.join(` ${places.and} `) : shown.join(", ");
    return rest > 0 && most > 2 ? `${text} ${say(places.more, { n: rest })}` : text;
  }
}

/** Letters without accents and capitals, so that a search finds them. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Does every word that was typed begin a word of the text? */
export function matches(text: string, typed: string): boolean {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return fold(typed).split(/\s+/).filter(Boolean).every((part) => words.some((word) => word.startsWith(part)));
}

const GROUPS: [GroupName, RegExp][] = [
  ["head", /^(forehead|temple|vertex|occiput|eye|ear|nose|cheek|mouth|chin|jaw|temporomandibular|mastoid)/],
  ["neck", /neck|sternocleidomastoid|cervicothoracic/],
  ["hand", /hand|wrist|palm|thenar|finger|thumb/],
  ["back", /scapula|thoracic|lumbar|flank|posterior lower ribs|sacr/],
  ["hip", /buttock|hip|groin|perineum/],
  ["shoulder", /shoulder|upper arm|elbow|forearm|cubital|upper trapezius|supraclavicular|axilla/],
  ["chest", /chest|sternum|ribs|infraclavicular|abdomen|gastric|hypochondriac|umbilical|iliac/],
  ["calf", /leg|calf/],
  ["foot", /foot|ankle|heel|toe|sole|arch|Achilles/],
  ["leg", /thigh|knee|patella|popliteal/],
];

/** In which group of the list does a region stand? */
export function groupOf(region: Region): GroupName {
  return GROUPS.find(([, pattern]) => pattern.test(region.name))?.[0] ?? "chest";
}

export const GROUP_ORDER: GroupName[] = ["head", "neck", "shoulder", "hand", "chest", "back", "hip", "leg", "calf", "foot"];
