import type { LogFields } from '../ports';

/**
 * What a log may hold of an unexpected error: its name, its code and where it was thrown. Its message is left out, for
 * it can quote what a user or a server wrote (T25).
 */
export const describeError = (error: unknown): LogFields => {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as NodeJS.ErrnoException).code;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: error.name,
    code: typeof code === 'string' ? code : null,
    stack: frames
      .slice(0, 8)
      .map((line) => line.trim())
      .join(' '),
  };
};
