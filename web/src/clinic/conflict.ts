/** Two values of one field side by side, until somebody chooses. Neither is lost: both stay in the record. */

import { make } from "../ui/make.ts";
import { both, type Written } from "./written.ts";
import { clockTime } from "./timers.ts";
import { words } from "./words.ts";

export interface Choosing {
  field: string;
  title: string;
  heads: Written[];
  inWords: (value: unknown) => string;
  chosen: (value: unknown) => void;
}

export function conflict({ field, title, heads, inWords, chosen }: Choosing): HTMLElement {
  const id = `conflict-${heads.map(({ id: one }) => one.slice(0, 8)).join("-")}`;
  const joined = both(heads.map(({ value }) => value));
  return make(
    "section", { class: "conflict", role: "group", "aria-labelledby": id, "data-conflict": field },
    make("div", { class: "conflict__head" }, make("span", { class: "symbol symbol--large is-weigh", "aria-hidden": "true" }), make("h3", { id }, words.conflict.title(title))),
    make("p", { class: "quiet" }, words.conflict.why),
    make("div", { class: "conflict__sides" }, ...heads.map((one) => make(
      "div", { class: "conflict__side" },
      make("p", { class: "conflict__who" }, whence(one)),
      make("p", { class: "conflict__value" }, inWords(one.value)),
      make("button", { type: "button", class: "button", onclick: () => chosen(one.value) }, words.conflict.keep, make("span", { class: "unseen" }, `: ${inWords(one.value)}`)),
    ))),
    joined && make("div", { class: "acts" }, make("button", { type: "button", class: "button button--quiet", onclick: () => chosen(joined.value) }, words.conflict.both)),
  );
}

function whence({ from, by, at }: Written): string {
  const place = from === "here" ? words.conflict.here : from === "this-device" ? words.conflict.thisDevice : words.conflict.elsewhere(by || words.field.someone);
  return at ? `${place}, ${clockTime(at)}` : place;
}
