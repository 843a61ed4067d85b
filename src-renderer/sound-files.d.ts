/** The address of a sound in the build. */
declare module '*.wav' {
  const url: string;
  export default url;
}
