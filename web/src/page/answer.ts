/** What the server on this machine answers, as far as the page shows it. */

import type { PaintingDocument } from "../core/painting.ts";
import type { Side } from "../core/footprints.ts";

export type LevelWord = "clear" | "adapt" | "weigh" | "stop";

export interface Place {
  region: string;
  side: string;
  zone: "main" | "spill" | "near" | "outside";
  drawn: boolean;
  effect: string;
}

export interface Source {
  citation: string;
  read: string;
}

export interface Factor {
  kind: string;
  says: string;
  times: number;
  sources: Source[];
}

export interface Candidate {
  muscle: string;
  id: string;
  side: Side;
  probability: number;
  because: Place[];
  factors: Factor[];
  sources: Source[];
  read: string;
  note: string | null;
}

export interface Answer {
  screen: { clearance: LevelWord; complete: boolean; questions: { text: string }[]; not_understood: Missed[] };
  locate: {
    candidates: Candidate[];
    red_flags: { title: string; text: string; action: string; stops: boolean; because: string[] }[];
    look_alikes: { id: string; name: string; why: string; raised_by: string[] }[];
    questions: { id: string; text: string; why: string }[];
    palpate_next: { muscle: string; id: string; side: Side; now: number; if_recognised: number; if_not: number }[];
    not_understood: Missed[];
    stopped: boolean;
    wide: boolean;
    certainty: number;
  };
  needled_there: { muscle: string; side: Side; clearance: LevelWord; complete: boolean }[];
  layers: {
    muscles: unknown;
    clearance: { type: "clearance"; regions: unknown[] };
    zones: Record<string, unknown[]>;
    hazards: Record<string, { title: string; harm: string; worst: string }[]>;
  };
}

export interface Missed {
  text: string;
  nearest: string[];
}

export interface Found {
  muscle: string;
  side: Side;
  recognised_pain: boolean;
}

export interface Case {
  complaint?: string;
  painting?: PaintingDocument;
  person?: { age?: number; sex?: string };
  examination?: Found[];
}

/** The answer could not be had; the lines say why, in words for a person. */
export class AnswerError extends Error {
  override name = "AnswerError";
  readonly lines: string[];

  constructor(lines: string[]) {
    super(lines.join("; "));
    this.lines = lines;
  }
}

/** Ask the server on this machine. */
export async function ask(told: Case): Promise<Answer> {
  let came: Response;
  try {
    came = await fetch("/assess", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ needlepoint: 1, ...told }) });
  } catch {
    throw new AnswerError(["Needlepoint is no longer running on this machine. Start it again with “needlepoint chart”; what you painted is still here."]);
  }
  const answer = (await came.json()) as Answer | { error: string[] };
  if ("error" in answer) throw new AnswerError(answer.error);
  return answer;
}
