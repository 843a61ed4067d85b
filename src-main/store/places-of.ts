const MOST = 10;

/** Where in the code an error came about, without its message: that may hold a piece of what was worked on (T25). */
export const placesOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  const lines = (error.stack ?? '').replace(error.message, () => '').split('\n');
  const places = lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
  return [error.name, ...places.slice(0, MOST)].join(' ');
};
