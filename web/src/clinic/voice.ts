/** Saying what the hands are too busy for, where the browser can hear. Off until somebody switches it on: a browser may send speech to its maker. */

import { words } from "./words.ts";

interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start(): void;
  stop(): void;
}

interface Heard extends Event {
  resultIndex: number;
  results: { isFinal: boolean; 0: { transcript: string } }[];
}

/**
 * What was said, as one of the commands; `null`: none. Only the command by itself counts: while needling one also talks with a person,
 * and "breathe out" takes no needle out.
 */
export function commandIn(said: string): string | null {
  const plain = said.toLowerCase().replace(/[^\p{L}\s]/gu, " ").replace(/\s+/g, " ").trim();
  return Object.hasOwn(words.voice.commands, plain) ? words.voice.commands[plain]! : null;
}

export class Voice {
  private readonly recognition: Recognition;
  private on = false;

  /** `null` where the browser cannot hear. */
  static made(heard: (command: string) => void, say: (text: string) => void): Voice | null {
    const maker = (window as unknown as Record<string, new () => Recognition>)["SpeechRecognition"] ?? (window as unknown as Record<string, new () => Recognition>)["webkitSpeechRecognition"];
    return maker ? new Voice(new maker(), heard, say) : null;
  }

  private constructor(recognition: Recognition, heard: (command: string) => void, say: (text: string) => void) {
    this.recognition = recognition;
    recognition.lang = document.documentElement.lang || "en-GB";
    recognition.continuous = true;
    recognition.interimResults = false;
    recognition.addEventListener("result", (event) => {
      const { results, resultIndex } = event as Heard;
      for (let n = resultIndex; n < results.length; n += 1) {
        if (!results[n]!.isFinal) continue;
        const said = results[n]![0].transcript.trim();
        const command = commandIn(said);
        say(command ? words.voice.heard(said) : words.voice.notUnderstood(said));
        if (command) heard(command);
      }
    });
    recognition.addEventListener("error", (event) => {
      const { error } = event as Event & { error?: string };
      if (error !== "not-allowed" && error !== "service-not-allowed" && error !== "audio-capture") return;
      this.on = false;
      say(words.voice.failed);
    });
    // Browsers stop listening after a while of silence.
    recognition.addEventListener("end", () => {
      if (this.on) recognition.start();
    });
  }

  turn(on: boolean): void {
    this.on = on;
    if (on) this.recognition.start();
    else this.recognition.stop();
  }
}
