package io.github.webpubsubtestkit.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes key stores, each with one certificate that signs itself. */
public final class TestKeyStores {

  /** Of every store and key. */
  public static final String PASSWORD = "changeit";

  private TestKeyStores() {}

  /**
   * A new key store.
   *
   * @param name in its file's name, and in the certificate
   * @param options further ones for {@code keytool -genkeypair}
   */
  public static Path make(Path folder, String name, String... options)
      throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".p12");
    List<String> all = new ArrayList<>(List.of("-dname", "CN=" + name));
    all.addAll(Arrays.asList(options));
    if (!all.contains("-keyalg")) {
      all.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    keytool("-genkeypair", file, all.toArray(String[]::new));
    return file;
  }

  private static void keytool(String command, Path store, String... options)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-noprompt",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "key"));
    all.addAll(Arrays.asList(options));
    Process keytool =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
  }

  /** Has an authority issue the certificate of a store, for localhost. */
  public static void issue(Path authority, Path store) throws IOException, InterruptedException {
    String request = store.resolveSibling("request.pem").toString();
    String issued = store.resolveSibling("issued.pem").toString();
    String root = store.resolveSibling("root.pem").toString();
    keytool("-certreq", store, "-file", request);
    keytool(
        "-gencert", authority, "-infile", request, "-outfile", issued, "-ext", "san=dns:localhost");
    keytool("-exportcert", authority, "-file", root);
    keytool("-importcert", store, "-alias", "root", "-file", root);
    keytool("-importcert", store, "-file", issued);
  }

  /** One for localhost, valid today. */
  public static Path forLocalhost(Path folder, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-ext", "san=dns:localhost,ip:127.0.0.1"));
    all.addAll(Arrays.asList(options));
    return make(folder, "own", all.toArray(String[]::new));
  }
}
