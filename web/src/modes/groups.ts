/** The regions as rows of the list: one row a name, its left and its right. */

import type { Region } from "../core/areas.ts";
import type { Body } from "../core/body.ts";
import { GROUP_ORDER, groupOf, type Places } from "../core/places.ts";
import type { Words } from "../words.ts";
import type { ListButton, ListGroup, ListRow } from "./mode.ts";

/** Rows for which `button` gives nothing on either side are left out; so are groups without rows. */
export function regionGroups(body: Body, places: Places, words: Words, button: (region: Region) => ListButton | null): ListGroup[] {
  const rows = new Map<string, ListRow & { region: Region }>();
  for (const region of body.regions) {
    let row = rows.get(region.name);
    if (!row) {
      row = { key: region.name, title: places.title(region), search: places.searchText(region), left: null, right: null, region };
      rows.set(region.name, row);
    }
    row[region.side] = button(region);
  }
  const known = [...rows.values()].filter((row) => row.left || row.right);
  return GROUP_ORDER.map((key) => {
    const own = known.filter((row) => groupOf(row.region) === key).sort((p, q) => p.title.localeCompare(q.title));
    const painted = own.filter((row) => row.left?.pressed === "true" || row.right?.pressed === "true").length;
    return { key, title: words.list.groups[key], count: painted ? String(painted) : "", rows: own };
  }).filter((group) => group.rows.length);
}
