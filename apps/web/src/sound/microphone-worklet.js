// Runs where the sound is: hands each block of the microphone to the page.
class Microphone extends AudioWorkletProcessor {
  process([input]) {
    const [channel] = input ?? [];
    if (channel !== undefined) this.port.postMessage(channel.slice());
    return true;
  }
}
registerProcessor('microphone', Microphone);
