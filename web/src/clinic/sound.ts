/** A sound for a needle that is overdue, for those who switched it on. Made here, so that nothing has to be loaded. */

const AGAIN_MS = 10_000;

export class Sound {
  private context: AudioContext | null = null;
  private last = 0;

  /** Only a press may start it, as browsers want it; that press is the switch. */
  turn(on: boolean): void {
    if (!on) {
      void this.context?.close();
      this.context = null;
      return;
    }
    this.context = new AudioContext();
    this.play();
  }

  /** Called each second while something is overdue. */
  remind(): void {
    if (this.context && Date.now() - this.last > AGAIN_MS) this.play();
  }

  private play(): void {
    const { context } = this;
    if (!context) return;
    this.last = Date.now();
    for (const [n, pitch] of [660, 880].entries()) {
      const begin = context.currentTime + n * 0.25;
      const tone = context.createOscillator();
      const loudness = context.createGain();
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.15, begin);
      loudness.gain.exponentialRampToValueAtTime(0.001, begin + 0.22);
      tone.connect(loudness).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + 0.25);
    }
  }
}
