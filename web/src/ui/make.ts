/** A small way to write elements. */

type Attributes = Record<string, string | number | boolean | null | undefined | EventListener | ((event: never) => void)>;
type Child = Node | string | null | undefined | false;

/** An element with attributes, listeners (`onclick: …`) and children. `html: …` is for our own fixed drawings only. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (name === "html") element.insertAdjacentHTML("afterbegin", String(value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((one): one is Node | string => Boolean(one)));
  return element;
}

/** A row of buttons of which one is pressed. */
export class Choice<T extends string> {
  readonly element: HTMLElement;
  private readonly buttons = new Map<T, HTMLButtonElement>();

  constructor(label: string, className: string, options: { value: T; text: string; html?: string; title?: string }[], chosen: (value: T) => void) {
    this.element = make("div", { class: `choice ${className}`, role: "group", "aria-label": label });
    for (const { value, text, html, title } of options) {
      const button = make("button", { type: "button", html, title, "aria-pressed": "false", onclick: () => chosen(value) }, make("span", {}, text));
      this.buttons.set(value, button);
      this.element.append(button);
    }
  }

  set value(value: T | null) {
    for (const [one, button] of this.buttons) button.setAttribute("aria-pressed", String(one === value));
  }

  button(value: T): HTMLButtonElement {
    return this.buttons.get(value)!;
  }
}

export function iconButton(icon: string, text: string, pressed: () => void, className = ""): HTMLButtonElement {
  return make("button", { type: "button", class: `plain ${className}`, html: icon, onclick: pressed }, make("span", {}, text));
}
