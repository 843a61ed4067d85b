import { File, FileArchive, FileAudio, FileImage, FileSpreadsheet, FileText, FileVideo } from '@lucide/vue';

/** A picture for a kind of file. */
export const fileIcon = (type: string): typeof File => {
  if (type.startsWith('image/')) return FileImage;
  if (type.startsWith('audio/')) return FileAudio;
  if (type.startsWith('video/')) return FileVideo;
  if (/zip|gzip|tar|compressed/.test(type)) return FileArchive;
  if (/sheet|excel|csv/.test(type)) return FileSpreadsheet;
  if (/^text\/|pdf|word|document|presentation/.test(type)) return FileText;
  return File;
};
