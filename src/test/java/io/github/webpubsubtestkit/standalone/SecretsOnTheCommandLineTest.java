package io.github.webpubsubtestkit.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An option that is refused is echoed, but not what is secret in it. */
class SecretsOnTheCommandLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--event-handler=hub=http://user:correct-horse@127.0.0.1:7071/eh",
        "--event-handler=hub=https://127.0.0.1:7071/eh?code=correct-horse",
        "--event-handler=http://127.0.0.1:7071/eh?code=correct-horse",
        "--access_key=correct-horse",
        "Endpoint=http://127.0.0.1;AccessKey=correct-horse;Version=1.0;",
        "--port=ws://h/?access_token=correct-horse"
      })
  void aRefusedOptionIsEchoedWithoutItsSecret(String option) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int exitCode =
        Main.run(
            new String[] {option},
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            () -> {});

    assertThat(exitCode).isEqualTo(Main.USAGE);
    assertThat(err + "" + out).contains("***").doesNotContain("correct-horse");
  }
}
