import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Outcome } from '../../../src-shared/ipc/errors';
import { useI18n } from '../../stores/i18n';
import { useSession } from '../../stores/session';
import type { Encoded } from './encode-picture';
import { pickPicture } from './pick-picture';

export interface PictureChoice {
  /** Of which a part is to be chosen. */
  readonly image: ShallowRef<HTMLImageElement | null>;
  /** Why a file cannot be used, or the picture there was not be removed. */
  readonly fault: Ref<string>;
  /** Why the part that was chosen was not taken. */
  readonly refused: Ref<string>;
  readonly busy: Ref<boolean>;
  take(file: File | null): Promise<void>;
  /** From the field of files. */
  chosen(event: Event): void;
  publish(picture: Encoded): Promise<void>;
  remove(): Promise<void>;
}

/** A picture from a file, cut to a square; set, or (null) taken away. */
export const usePictureChoice = (set: (picture: Encoded | null) => Promise<Outcome<null>>): PictureChoice => {
  const session = useSession();
  const { t, say } = useI18n();
  const image = shallowRef<HTMLImageElement | null>(null);
  const fault = ref('');
  const refused = ref('');
  const busy = ref(false);
  const take = async (file: File | null): Promise<void> => {
    if (!file || !session.online || busy.value || image.value) return;
    fault.value = '';
    refused.value = '';
    const picked = await pickPicture(file);
    if (picked.ok) image.value = picked.image;
    else fault.value = t(`profile.picture-${picked.fault}`);
  };
  return {
    ...{ image, fault, refused, busy, take },
    chosen(event) {
      const input = event.currentTarget as HTMLInputElement;
      void take(input.files?.[0] ?? null);
      // The same file can be chosen again.
      input.value = '';
    },
    async publish(picture) {
      busy.value = true;
      const answer = await set(picture);
      busy.value = false;
      if (answer.ok) image.value = null;
      else refused.value = say(answer.error);
    },
    async remove() {
      busy.value = true;
      fault.value = '';
      const answer = await set(null);
      busy.value = false;
      if (!answer.ok) fault.value = say(answer.error);
    },
  };
};
