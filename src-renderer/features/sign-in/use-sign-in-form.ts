import { computed, reactive, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { TextKey } from '../../../src-shared/i18n';
import type { CallError } from '../../../src-shared/ipc/errors';
import { addressProblem } from '../../../src-shared/model/address';
import type { AccountOptions } from '../../../src-shared/model/account';
import type { FailureCode } from '../../../src-shared/model/connection';
import { call } from '../../bridge/bridge';
import { useSession } from '../../stores/session';
import { lineFields, lineOptions, lineProblems, type LineFields } from './line-options';

export type FieldName = 'address' | 'password' | 'server' | 'priority';
export interface Fields extends LineFields {
  address: string;
  startInvisible: boolean;
  rememberPassword: boolean;
  signInAtStart: boolean;
}

/** After these the password that main has is of no use. */
const passwordFailures: readonly FailureCode[] = [
  'not-authorized',
  'credentials-expired',
  'replaced-credentials',
  'password-needed',
  'keyring',
];
const order: readonly FieldName[] = ['address', 'password', 'server', 'priority'];
/** Errors of a call that belong to one field. */
const fieldOf: Partial<Record<CallError['code'], FieldName>> = { 'bad-jid': 'address', 'bad-url': 'server' };

const start: Fields = {
  address: '',
  server: '',
  resource: '',
  priority: '0',
  mechanism: '',
  startInvisible: false,
  rememberPassword: true,
  signInAtStart: true,
};

export interface SignInForm {
  readonly fields: Fields;
  /** Empty from the moment of submit on (T25). */
  readonly password: Ref<string>;
  readonly creating: Ref<boolean>;
  readonly problems: ComputedRef<Readonly<Record<FieldName, TextKey | null>>>;
  /** What main refused, when it belongs to no field. */
  readonly refused: ComputedRef<CallError | null>;
  readonly refusedIn: ComputedRef<{ readonly field: FieldName; readonly error: CallError } | null>;
  readonly busy: Ref<boolean>;
  /** Whether main still has a password for this address, so that none has to be typed. */
  readonly keepsPassword: ComputedRef<boolean>;
  readonly leave: (field: FieldName) => void;
  /** Submits; answers the field to go to when something is wrong there. */
  readonly submit: () => Promise<FieldName | null>;
}

/** State and rules of the sign-in form; the password lives in one ref, until submit. */
export const useSignInForm = (): SignInForm => {
  const session = useSession();
  const fields = reactive<Fields>({ ...start });
  const password = ref('');
  const creating = ref(false);
  const busy = ref(false);
  const left = reactive<Record<FieldName, boolean>>({
    address: false,
    password: false,
    server: false,
    priority: false,
  });
  const error = ref<CallError | null>(null);

  watch(
    () => session.account,
    (account) => {
      if (account === null) return;
      const { server, resource, priority, mechanism, ...flags } = account.options;
      Object.assign(fields, flags, {
        address: account.jid,
        ...lineFields({ server, resource, priority, mechanism }),
      });
    },
    { immediate: true },
  );
  watch(fields, () => {
    error.value = null;
  });
  // Another form: nothing of it has been left yet.
  watch(creating, () => {
    for (const field of order) left[field] = false;
    error.value = null;
  });

  const sameAddress = computed(
    () => fields.address.trim().toLowerCase() === session.account?.jid.toLowerCase(),
  );
  const keepsPassword = computed(() => {
    const { failure, phase } = session.connection;
    return (
      !creating.value &&
      sameAddress.value &&
      phase !== 'off' &&
      (failure === null || !passwordFailures.includes(failure.code))
    );
  });
  const wrong = (): Record<FieldName, TextKey | null> => {
    const address = addressProblem(fields.address);
    return {
      address: address === null ? null : `signIn.address-${address}`,
      password: password.value === '' && !keepsPassword.value ? 'signIn.password-empty' : null,
      ...lineProblems(fields),
    };
  };
  const problems = computed(() => {
    const all = wrong();
    for (const field of order) if (!left[field]) all[field] = null;
    return all;
  });
  const options = (): AccountOptions => ({
    ...lineOptions(fields),
    startInvisible: fields.startInvisible,
    rememberPassword: fields.rememberPassword,
    signInAtStart: fields.signInAtStart,
  });
  const unchanged = (next: AccountOptions): boolean => {
    const before = session.account?.options;
    return (
      before !== undefined &&
      (Object.keys(next) as (keyof AccountOptions)[]).every((key) => next[key] === before[key])
    );
  };

  const send = async (secret: string | null) => {
    const jid = fields.address.trim();
    const next = options();
    if (creating.value && secret !== null)
      return call('account.register', { jid, password: secret, options: next });
    if (secret === null && sameAddress.value && unchanged(next)) return session.retry();
    return call('account.signIn', { jid, password: secret, options: next });
  };
  const submit = async (): Promise<FieldName | null> => {
    for (const field of order) left[field] = true;
    const bad = order.find((field) => problems.value[field] !== null);
    if (bad) return bad;
    const secret = password.value === '' ? null : password.value;
    password.value = '';
    left.password = false;
    busy.value = true;
    error.value = null;
    const answer = await send(secret);
    busy.value = false;
    if (answer.ok) {
      creating.value = false;
      return null;
    }
    error.value = answer.error;
    return fieldOf[answer.error.code] ?? null;
  };

  const refusedIn = computed(() => {
    const field = error.value === null ? undefined : fieldOf[error.value.code];
    return error.value !== null && field !== undefined ? { field, error: error.value } : null;
  });
  return {
    fields,
    password,
    creating,
    problems,
    refused: computed(() => (refusedIn.value === null ? error.value : null)),
    refusedIn,
    busy,
    keepsPassword,
    leave: (field) => {
      // A field left empty is not wrong yet: people look around first.
      const empty = field === 'password' ? password.value === '' : fields[field].trim() === '';
      if (!empty) left[field] = true;
    },
    submit,
  };
};
