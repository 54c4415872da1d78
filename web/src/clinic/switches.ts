/** What can be switched on in a session: letters on tiles, a sound, the voice. A switch shows only where it can do what it promises. */

import type { Clinic } from "./clinic.ts";
import type { Letters } from "./letters.ts";
import { Sound } from "./sound.ts";
import { Voice } from "./voice.ts";
import { words } from "./words.ts";

export function offerSwitches(root: HTMLElement, { say, timers }: Clinic, letters: Letters, heard: (command: string) => void): void {
  offer(root, "letters", letters.on, (on) => {
    letters.turn(on);
    say(on ? words.letters.on : words.letters.off);
  });
  const sound = new Sound();
  offer(root, "sound", false, (on) => {
    sound.turn(on);
    say(on ? words.sound.on : words.sound.off);
  });
  timers.onTick = (overdue) => {
    if (overdue) sound.remind();
  };
  const voice = Voice.made(heard, say);
  if (!voice) return;
  root.querySelector<HTMLElement>("[data-voice-note]")?.removeAttribute("hidden");
  offer(root, "voice", false, (on) => {
    voice.turn(on);
    say(on ? words.voice.on : words.voice.off);
  });
}

function offer(root: HTMLElement, name: string, on: boolean, turned: (on: boolean) => void): void {
  const button = root.querySelector<HTMLButtonElement>(`[data-switch="${name}"]`);
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", String(on));
  button.addEventListener("click", () => {
    const to = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(to));
    turned(to);
  });
}
