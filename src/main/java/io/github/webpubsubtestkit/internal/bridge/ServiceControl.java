package io.github.webpubsubtestkit.internal.bridge;

import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The control that the JUnit extension has over a fake, beyond the methods for tests.
 *
 * @param <S> the fake: {@code FakeWebPubSub}
 */
public interface ServiceControl<S> {

  /**
   * Sets how long everything waits that belongs to a fake.
   *
   * @param annotated the timeout of the test class's annotation; null for none
   * @param parameters the values of JUnit's configuration parameters
   * @throws IllegalArgumentException if the value of a parameter is invalid; names it
   */
  void waitTimes(
      S service, @Nullable Duration annotated, Function<String, Optional<String>> parameters);

  /**
   * Tells a fake of those that ran before it for the same extension.
   *
   * @param endpoints where they listened, the latest first
   */
  void earlier(S service, List<URI> endpoints);

  /**
   * A timeout that a person has written.
   *
   * @param name what it is the value of
   * @throws IllegalArgumentException if it is none; names it and shows good values
   */
  static Duration timeout(String name, String text) {
    return WaitTimes.parseTimeout(name, text);
  }
}
