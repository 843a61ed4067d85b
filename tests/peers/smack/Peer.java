import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.filetransfer.FileTransfer;
import org.jivesoftware.smackx.filetransfer.FileTransferManager;
import org.jivesoftware.smackx.filetransfer.FileTransferRequest;
import org.jivesoftware.smackx.filetransfer.IncomingFileTransfer;
import org.jivesoftware.smackx.filetransfer.OutgoingFileTransfer;
import org.jxmpp.jid.impl.JidCreate;

/**
 * Smack, what Spark is made of, as a peer in tests. On standard input: the account, then one command a line, its words
 * in base64; on standard output what happened, the same way.
 */
public class Peer {
    private static volatile String takes = "yes";

    private static synchronized void tell(String... words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (line.length() > 0) line.append(' ');
            line.append(Base64.getEncoder().encodeToString(String.valueOf(word).getBytes(StandardCharsets.UTF_8)));
        }
        System.out.println(line);
        System.out.flush();
    }

    private static String[] read(BufferedReader in) throws Exception {
        String line = in.readLine();
        if (line == null) return null;
        String[] words = line.split(" ");
        for (int i = 0; i < words.length; i++)
            words[i] = new String(Base64.getDecoder().decode(words[i]), StandardCharsets.UTF_8);
        return words;
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

    private static void offered(FileTransferRequest request, File folder) {
        try {
            if (takes.equals("never answers")) return;
            if (takes.equals("no")) {
                request.reject();
                return;
            }
            File file = File.createTempFile("taken", "", folder);
            IncomingFileTransfer transfer = request.accept();
            transfer.receiveFile(file);
            watch(transfer, () -> tell("file", request.getFileName(), file.getPath(), transfer.getStatus().name()));
        } catch (Exception error) {
            tell("problem", String.valueOf(error));
        }
    }

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String[] account = read(in);
        XMPPTCPConnection connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
            .setXmppDomain(account[0])
            .setHostAddress(InetAddress.getLoopbackAddress())
            .setPort(Integer.parseInt(account[1]))
            .setUsernameAndPassword(account[2], account[3])
            .setResource("spark")
            .setSecurityMode(SecurityMode.disabled)
            .build());
        File folder = Files.createTempDirectory("smack-peer").toFile();
        connection.setReplyTimeout(30_000);
        connection.connect();
        Roster.getInstanceFor(connection).setSubscriptionMode(Roster.SubscriptionMode.accept_all);
        FileTransferManager files = FileTransferManager.getInstanceFor(connection);
        files.addFileTransferListener(request -> offered(request, folder));
        connection.login();
        tell("ready", connection.getUser().toString());
        for (String[] command = read(in); command != null; command = read(in)) {
            if (command[0].equals("takes")) takes = command[1];
            else if (command[0].equals("offer")) {
                OutgoingFileTransfer transfer = files.createOutgoingFileTransfer(JidCreate.entityFullFrom(command[1]));
                String path = command[2];
                transfer.sendFile(new File(path), "a file");
                watch(transfer, () -> tell("sent", path, transfer.getStatus().name()));
            }
        }
        connection.disconnect();
        System.exit(0);
    }
}
