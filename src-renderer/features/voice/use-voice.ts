import { computed, onBeforeUnmount, ref, type Ref } from 'vue';
import { useI18n } from '../../stores/i18n';
import { useRecordings, type Recording } from '../../stores/recordings';
import { useRoster } from '../../stores/roster';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';
import { plainName } from '../../text/names';
import { fileDate } from '../files/use-add-files';
import { useNoWayOut } from '../files/use-way-out';
import { useRecorder, type Recorder } from './use-recorder';

/** Voice messages to a conversation: recorded where one writes, given to it as any file. Who leaves it finds what he said there again. */
export const useVoice = (
  peer: () => string,
  give: (file: File) => void,
): {
  readonly recorder: Recorder;
  /** What was recorded before the conversation was left. */
  readonly kept: Readonly<Ref<Recording | null>>;
  /** Whether the bar of the recording is shown. */
  readonly open: Readonly<Ref<boolean>>;
  readonly start: () => Promise<void>;
  readonly send: () => Promise<void>;
  readonly cancel: () => void;
} => {
  const ui = useUi();
  const roster = useRoster();
  const recordings = useRecordings();
  const { id: account } = useSession();
  const { t, format } = useI18n();
  const keep = (made: Recording): void => {
    if (account === null || !recordings.keep(account, peer(), made)) return;
    ui.say('voice.left', { name: plainName(roster.nameOf(peer()), peer()) });
  };
  const forget = (): void => {
    const isSaid = ui.notice !== null && 'key' in ui.notice && ui.notice.key === 'voice.left';
    if (recordings.kept.delete(peer()) && isSaid) ui.notice = null;
  };
  const recorder = useRecorder(keep);
  let left = false;
  onBeforeUnmount(() => (left = true));
  const none = useNoWayOut(peer);
  const kept = computed(() => recordings.kept.get(peer()) ?? null);
  const recording = ref(false);
  return {
    recorder,
    kept,
    open: computed(() => recording.value || kept.value !== null),
    start: async () => {
      if (none.value) {
        ui.say(none.value.key, none.value.params);
        return;
      }
      recording.value = true;
      const fault = await recorder.start();
      if (!fault) return;
      recording.value = false;
      ui.say(`voice.fault-${fault}`);
    },
    send: async () => {
      if (kept.value === null && recorder.state.value !== 'recording') return;
      const made = kept.value ?? (await recorder.finish());
      recording.value = false;
      forget();
      if (typeof made === 'string') {
        ui.say(`voice.fault-${made}`);
        return;
      }
      // Nobody is there any more to whom it could be given.
      if (left) {
        keep(made);
        return;
      }
      const name = t('voice.name', { date: fileDate(format.value) });
      give(new File([made.bytes], name, { type: 'audio/ogg' }));
    },
    cancel: () => {
      recorder.cancel();
      recording.value = false;
      forget();
    },
  };
};
