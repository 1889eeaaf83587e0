package io.github.webpubsubtestkit.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An option that is refused is echoed, but not what is secret in it. */
class SecretsOnTheCommandLineTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--event-handler=hub=http://user:correct-horse@127.0.0.1:7071/eh",
        "--event-handler=hub=ftp://127.0.0.1:7071/eh?code=correct-horse",
        "--event-handler=http://127.0.0.1:7071/eh?code=correct-horse",
        "--port=ws://h/?access_token=correct-horse"
      })
  void aRefusedOptionIsEchoedWithoutItsSecret(String option) {
    assertThat(run(option)).isEqualTo(Main.USAGE);
    assertThat(printed()).contains("***").doesNotContain("correct-horse");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "--acess-key=correct-horse, unknown option '--acess-key'",
        "--acess-key correct-horse, unknown option '--acess-key'",
        "-kcorrect-horse, an argument without an option",
        "Endpoint=http://127.0.0.1;AccessKey=correct-horse;Version=1.0;, an argument without an option"
      })
  void whatBelongsToNoOptionIsNamedButNotEchoed(String arguments, String text) {
    assertThat(run(arguments.split(" "))).isEqualTo(Main.USAGE);
    assertThat(printed()).isEqualToIgnoringNewLines("webpubsub-testkit: " + text + " (see --help)");
  }

  @Test
  void aHostThatIsNoneIsEchoedWithoutItsSecret() {
    String host = "Endpoint=http://h;AccessKey=correct-horse-battery-staple;Version=1.0;";

    assertThat(run("--host", host)).isEqualTo(Main.FAILURE);
    assertThat(printed()).contains("cannot listen on").doesNotContain("correct-horse");
  }

  private int run(String... arguments) {
    return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true), () -> {});
  }

  private String printed() {
    return err + "" + out;
  }
}
