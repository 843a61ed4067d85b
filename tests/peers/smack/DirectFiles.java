import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smackx.bytestreams.BytestreamListener;
import org.jivesoftware.smackx.bytestreams.BytestreamSession;
import org.jivesoftware.smackx.bytestreams.ibb.InBandBytestreamManager;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.filetransfer.FileTransfer;
import org.jivesoftware.smackx.filetransfer.FileTransferManager;
import org.jivesoftware.smackx.filetransfer.FileTransferRequest;
import org.jivesoftware.smackx.filetransfer.IncomingFileTransfer;
import org.jivesoftware.smackx.filetransfer.OutgoingFileTransfer;
import org.jivesoftware.smackx.hashes.HashManager;
import org.jivesoftware.smackx.jingle.JingleManager;
import org.jivesoftware.smackx.jingle.JingleUtil;
import org.jivesoftware.smackx.jingle.element.Jingle;
import org.jivesoftware.smackx.jingle.element.JingleAction;
import org.jivesoftware.smackx.jingle.element.JingleContent;
import org.jivesoftware.smackx.jingle.element.JingleReason;
import org.jivesoftware.smackx.jingle.provider.JingleContentProviderManager;
import org.jivesoftware.smackx.jingle.transports.jingle_ibb.element.JingleIBBTransport;
import org.jivesoftware.smackx.jingle.transports.jingle_ibb.provider.JingleIBBTransportProvider;
import org.jivesoftware.smackx.jingle_filetransfer.element.JingleFileTransfer;
import org.jivesoftware.smackx.jingle_filetransfer.element.JingleFileTransferChild;
import org.jivesoftware.smackx.jingle_filetransfer.provider.JingleFileTransferProvider;
import org.jxmpp.jid.FullJid;
import org.jxmpp.jid.impl.JidCreate;

/** Files that Smack gives and takes directly: by stream initiation, or in Jingle sessions. */
final class DirectFiles {
    private volatile String takes = "yes";
    private final File folder;
    private final FileTransferManager transfers;
    private final JingleFiles jingle;

    DirectFiles(AbstractXMPPConnection connection, boolean byJingle) throws Exception {
        folder = Files.createTempDirectory("smack-peer").toFile();
        jingle = byJingle ? new JingleFiles(connection) : null;
        transfers = byJingle ? null : FileTransferManager.getInstanceFor(connection);
        if (transfers != null) transfers.addFileTransferListener(this::offered);
    }

    void take(String how) {
        takes = how;
    }

    void offer(String to, String path) throws Exception {
        if (jingle != null) {
            jingle.offer(JidCreate.entityFullFrom(to), path);
            return;
        }
        OutgoingFileTransfer transfer = transfers.createOutgoingFileTransfer(JidCreate.entityFullFrom(to));
        transfer.sendFile(new File(path), "a file");
        watch(transfer, () -> Peer.tell("sent", path, transfer.getStatus().name()));
    }

    private static void watch(FileTransfer transfer, Runnable end) {
        new Thread(() -> {
            try {
                while (!transfer.isDone()) Thread.sleep(50);
            } catch (InterruptedException stop) {
                return;
            }
            end.run();
        }).start();
    }

    private void offered(FileTransferRequest request) {
        try {
            if (takes.equals("never answers")) return;
            if (takes.equals("no")) {
                request.reject();
                return;
            }
            File file = File.createTempFile("taken", "", folder);
            IncomingFileTransfer transfer = request.accept();
            transfer.receiveFile(file);
            watch(transfer, () -> Peer.tell("file", request.getFileName(), file.getPath(), transfer.getStatus().name()));
        } catch (Exception error) {
            Peer.tell("problem", String.valueOf(error));
        }
    }

    /**
     * Files in Jingle sessions. Smack reads, writes and routes them, and has the bytestreams, but no manager of its own that
     * gives and takes files.
     */
    private final class JingleFiles {
        private final AbstractXMPPConnection connection;
        private final JingleUtil util;

        JingleFiles(AbstractXMPPConnection connection) {
            this.connection = connection;
            util = new JingleUtil(connection);
            JingleContentProviderManager.addJingleContentDescriptionProvider(
                JingleFileTransfer.NAMESPACE_V5, new JingleFileTransferProvider());
            JingleContentProviderManager.addJingleContentTransportProvider(
                JingleIBBTransport.NAMESPACE_V1, new JingleIBBTransportProvider());
            ServiceDiscoveryManager features = ServiceDiscoveryManager.getInstanceFor(connection);
            for (String feature : Arrays.asList(
                Jingle.NAMESPACE, JingleFileTransfer.NAMESPACE_V5, JingleIBBTransport.NAMESPACE_V1))
                features.addFeature(feature);
            JingleManager.getInstanceFor(connection)
                .registerDescriptionHandler(JingleFileTransfer.NAMESPACE_V5, this::offered);
        }

        private IQ offered(Jingle offer) {
            if (!takes.equals("never answers")) inBackground(() -> take(offer));
            return IQ.createResultIQ(offer);
        }

        private void take(Jingle offer) throws Exception {
            FullJid from = offer.getFrom().asFullJidOrThrow();
            if (takes.equals("no")) {
                util.sendSessionTerminateDecline(from, offer.getSid());
                return;
            }
            JingleContent content = offer.getSoleContentOrThrow();
            JingleFileTransferChild about =
                (JingleFileTransferChild) content.getDescription().getJingleContentDescriptionChildren().get(0);
            JingleIBBTransport transport = (JingleIBBTransport) content.getTransport();
            InBandBytestreamManager streams = InBandBytestreamManager.getByteStreamManager(connection);
            CompletableFuture<BytestreamSession> opened = new CompletableFuture<>();
            BytestreamListener listener = request -> {
                try {
                    if (request.getSessionID().equals(transport.getSessionId())) opened.complete(request.accept());
                } catch (Exception error) {
                    opened.completeExceptionally(error);
                }
            };
            streams.addIncomingBytestreamListener(listener, from);
            connection.sendStanza(util.createSessionAccept(from, offer.getSid(), JingleContent.Creator.initiator,
                content.getName(), JingleContent.Senders.initiator, content.getDescription(), transport));
            File file = File.createTempFile("taken", "", folder);
            // Left open: its sender closes the stream, and then knows it no more.
            byte[] came = opened.get().getInputStream().readAllBytes();
            Files.write(file.toPath(), came);
            streams.removeIncomingBytestreamListener(from);
            boolean whole = came.length == about.getSize()
                && Arrays.equals(about.getHash().getHash(), HashManager.sha_256(came));
            util.sendSessionTerminateSuccess(from, offer.getSid());
            Peer.tell("file", about.getName(), file.getPath(), whole ? "complete" : "damaged");
        }

        void offer(FullJid to, String path) {
            inBackground(() -> Peer.tell("sent", path, give(to, new File(path))));
        }

        private String give(FullJid to, File file) throws Exception {
            String sid = JingleManager.randomId();
            BlockingQueue<Jingle> said = new LinkedBlockingQueue<>();
            JingleManager.getInstanceFor(connection).registerJingleSessionHandler(to, sid, request -> {
                said.add(request);
                return IQ.createResultIQ(request);
            });
            byte[] bytes = Files.readAllBytes(file.toPath());
            JingleFileTransferChild about = JingleFileTransferChild.getBuilder()
                .setFile(file)
                .setHash(HashManager.calculateHashElement(HashManager.ALGORITHM.SHA_256, bytes))
                .build();
            JingleIBBTransport transport = new JingleIBBTransport();
            util.sendSessionInitiateFileOffer(to, sid, JingleContent.Creator.initiator, "file",
                new JingleFileTransfer(Collections.singletonList(about)), transport);
            Jingle answer = said.take();
            if (answer.getAction() != JingleAction.session_accept) return "refused";
            BytestreamSession stream = InBandBytestreamManager.getByteStreamManager(connection)
                .establishSession(to, transport.getSessionId());
            try (OutputStream out = stream.getOutputStream()) {
                out.write(bytes);
            }
            stream.close();
            JingleReason.Reason why = said.take().getReason().asEnum();
            return why == JingleReason.Reason.success ? "complete" : why.toString();
        }

        private interface Work {
            void run() throws Exception;
        }

        private static void inBackground(Work work) {
            new Thread(() -> {
                try {
                    work.run();
                } catch (Exception error) {
                    Peer.tell("problem", String.valueOf(error));
                }
            }).start();
        }
    }
}
