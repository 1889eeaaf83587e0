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
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                "key",
                "-dname",
                "CN=" + name));
    command.addAll(Arrays.asList(options));
    if (!command.contains("-keyalg")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).isZero();
    return file;
  }

  /** One for localhost, valid today. */
  public static Path forLocalhost(Path folder, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-ext", "san=dns:localhost,ip:127.0.0.1"));
    all.addAll(Arrays.asList(options));
    return make(folder, "own", all.toArray(String[]::new));
  }
}
