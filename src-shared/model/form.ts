/** Data forms, XEP-0004: what somebody else's program asks for. Its words are text to show, nothing to trust. */
import { parseJid } from './jid';

export const fieldKinds = [
  'boolean',
  'fixed',
  'jid-multi',
  'jid-single',
  'list-multi',
  'list-single',
  'text-multi',
  'text-private',
  'text-single',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

export interface FormField {
  /** '' for one that only tells something. */
  readonly name: string;
  /** '' where the form says none. */
  readonly label: string;
  /** One that nobody knows is a line of text (§3.3). */
  readonly kind: FieldKind;
  readonly hint: string;
  readonly required: boolean;
  /** One for each line, choice or address. */
  readonly values: readonly string[];
  readonly options: readonly { readonly value: string; readonly label: string }[];
}
/** Hidden fields are not for eyes: they go back as they came. */
export interface DataForm {
  readonly title: string;
  readonly instructions: string;
  readonly fields: readonly FormField[];
}

export type FieldProblem = 'empty' | 'jid' | 'choice';
/** What is wrong with what was filled in; null: nothing. */
export const fieldProblem = (
  { kind, required, options }: FormField,
  values: readonly string[],
): FieldProblem | null => {
  const given = values.map((value) => value.trim()).filter((value) => value !== '');
  if (required && kind !== 'boolean' && kind !== 'fixed' && given.length === 0) return 'empty';
  if (kind === 'jid-single' || kind === 'jid-multi')
    return given.every((value) => parseJid(value) !== null) ? null : 'jid';
  if (kind === 'list-single' && given.length > 0)
    return options.some(({ value }) => value === values[0]) ? null : 'choice';
  return null;
};
