import { ref, type Ref } from 'vue';
import { useI18n } from '../../stores/i18n';
import { useUi } from '../../stores/ui';
import { fileDate } from '../files/use-add-files';
import { useNoWayOut } from '../files/use-way-out';
import { useRecorder, type Recorder } from './use-recorder';

/** Voice messages to a conversation: recorded where one writes, given to it as any file. */
export const useVoice = (
  peer: () => string,
  give: (file: File) => void,
): {
  readonly recorder: Recorder;
  /** Whether the bar of the recording is shown. */
  readonly open: Ref<boolean>;
  readonly start: () => Promise<void>;
  readonly send: () => Promise<void>;
  readonly cancel: () => void;
} => {
  const ui = useUi();
  const { t, format } = useI18n();
  const recorder = useRecorder();
  const none = useNoWayOut(peer);
  const open = ref(false);
  return {
    recorder,
    open,
    start: async () => {
      if (none.value) {
        ui.sayText(none.value);
        return;
      }
      open.value = true;
      const fault = await recorder.start();
      if (!fault) return;
      open.value = false;
      ui.sayText(t(`voice.fault-${fault}`));
    },
    send: async () => {
      if (recorder.state.value !== 'recording') return;
      const made = await recorder.finish();
      open.value = false;
      if (typeof made === 'string') {
        ui.sayText(t(`voice.fault-${made}`));
        return;
      }
      const name = t('voice.name', { date: fileDate(format.value) });
      give(new File([made], name, { type: 'audio/ogg' }));
    },
    cancel: () => {
      recorder.cancel();
      open.value = false;
    },
  };
};
