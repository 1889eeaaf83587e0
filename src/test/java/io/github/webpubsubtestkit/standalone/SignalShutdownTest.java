package io.github.webpubsubtestkit.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The end of the standalone fake by a signal")
@Timeout(value = 30, unit = SECONDS)
class SignalShutdownTest {

  private final List<Integer> halted = new ArrayList<>();
  private final StringWriter err = new StringWriter();

  private SignalShutdown ending(Duration closingTime) {
    return new SignalShutdown(
        closingTime, new PrintWriter(new StringWriter()), new PrintWriter(err, true), halted::add);
  }

  @ParameterizedTest
  @ValueSource(ints = {Main.SUCCESS, Main.FAILURE, Main.USAGE, Main.NOT_CLOSED})
  @DisplayName("stops the program, waits for its end, and ends the machine with its exit code")
  void endsWithTheExitCodeOfTheProgram(int exitCode) {
    SignalShutdown ending = ending(Duration.ofSeconds(20));
    CompletableFuture<Void> program =
        CompletableFuture.runAsync(
            () -> {
              try {
                ending.awaitStop();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              assertThat(halted).isEmpty();
              ending.ended(exitCode);
            });

    ending.onShutdown();

    assertThat(program).succeedsWithin(Duration.ofSeconds(20));
    assertThat(halted).containsExactly(exitCode);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  @DisplayName("a program that does not end in time is exit code 3, and one line says so")
  void hangingProgram() {
    ending(Duration.ZERO).onShutdown();

    assertThat(halted).containsExactly(3);
    assertThat(err.toString())
        .isEqualTo("webpubsub-testkit: not closed within 0 s" + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(ints = {Main.SUCCESS, Main.FAILURE, Main.USAGE})
  @DisplayName("a program that has ended by itself ends as it would, whatever its exit code")
  void endedBefore(int exitCode) {
    SignalShutdown ending = ending(Duration.ZERO);
    ending.ended(exitCode);

    ending.onShutdown();

    assertThat(halted).isEmpty();
    assertThat(err.toString()).isEmpty();
  }
}
