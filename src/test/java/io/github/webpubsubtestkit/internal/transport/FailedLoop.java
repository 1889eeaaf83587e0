package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Assertions;

/** Has a loop fail as it would if the system took its selector away. */
public final class FailedLoop {

  private FailedLoop() {}

  /** Closes the selector on the loop's thread; the loop ends soon afterwards. */
  public static void closeSelector(TransportLoop loop) throws InterruptedException {
    FutureTask<Boolean> closed =
        new FutureTask<>(
            () -> {
              Selector selector = loop.openSelector();
              try {
                if (selector != null) {
                  selector.close();
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return selector != null;
            });
    Assertions.assertThat(loop.execute(closed)).isTrue();
    try {
      Assertions.assertThat(closed.get(10, TimeUnit.SECONDS)).as("was open").isTrue();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the selector could not be closed", e);
    }
  }
}
