/** Files: what messages share, and what is on its way. */
import type { Connections, Operations } from './operations';
import { endDirectFiles, readFileMessages, setFile } from './tables/messages';
import { deleteUpload, insertUpload, readUploads, setUploadFault } from './tables/uploads';

type Name =
  'uploads' | 'addUpload' | 'setUploadFault' | 'removeUpload' | 'files' | 'describeFile' | 'endDirectFiles';

export function fileOperations({ reader, writer }: Connections): Pick<Operations, Name> {
  return {
    uploads: () => readUploads(reader),
    addUpload: (upload) => insertUpload(writer, upload),
    setUploadFault: (id, fault) => {
      setUploadFault(writer, id, fault);
    },
    removeUpload: (id) => {
      deleteUpload(writer, id);
    },
    files: (peer, before, limit) => readFileMessages(reader, peer, before, limit),
    describeFile: (id, file) => {
      setFile(writer, id, file);
    },
    endDirectFiles: () => {
      endDirectFiles(writer);
    },
  };
}
