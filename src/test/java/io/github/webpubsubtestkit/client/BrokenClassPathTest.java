package io.github.webpubsubtestkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a class of the kit cannot be loaded")
class BrokenClassPathTest {

  private static final String READER = "io.github.webpubsubtestkit.internal.wire.JsonObject";
  private static final String TYPES = "io.github.webpubsubtestkit.client.DataType";
  private static final String TOKENS = "io.github.webpubsubtestkit.internal.token.SignedTokens";

  /** Gives what connecting throws. */
  static final class Connecting implements Callable<Throwable> {
    @Override
    public Throwable call() {
      try (FakeWebPubSub fake = FakeWebPubSub.start()) {
        fake.connect(ConnectOptions.asUser("alice"));
        throw new IllegalStateException("connected all the same");
      } catch (ConnectFailedException e) {
        return e;
      }
    }
  }

  /** Gives what an assertion throws on a message that could not be read. */
  static final class Receiving implements Callable<Throwable> {
    @Override
    public Throwable call() {
      try (FakeWebPubSub fake = FakeWebPubSub.start()) {
        SimpleClient alice = fake.connectSimple(ConnectOptions.asUser("alice").groups("room"));
        fake.connect(ConnectOptions.asUser("bob")).sendToGroup("room", "hi");
        assertThat(alice).receivesText("hi");
        throw new IllegalStateException("received all the same");
      } catch (AssertionError e) {
        return e;
      }
    }
  }

  /** Gives what starting throws. */
  static final class Starting implements Callable<Throwable> {
    @Override
    public Throwable call() {
      try (FakeWebPubSub fake = FakeWebPubSub.start()) {
        throw new IllegalStateException("started all the same: " + fake);
      } catch (LinkageError e) {
        return e;
      }
    }
  }

  @Test
  @DisplayName("a client's exception says so, and has the error as its cause")
  void client() throws Exception {
    Throwable thrown = thrownWithout(READER, Connecting.class);

    assertThat(thrown)
        .hasMessageContaining("got 101, but no connected message came: ended at")
        .hasMessageContaining("because of an error inside this kit: java.lang.NoClassDefFoundError")
        .hasMessageContaining("JsonObject")
        .hasCauseInstanceOf(NoClassDefFoundError.class);
    assertThat(thrown.getMessage()).doesNotContain("without a close frame");
  }

  @Test
  @DisplayName("a failed assertion says so, and has the error as its cause")
  void assertion() throws Exception {
    assertThat(thrownWithout(TYPES, Receiving.class))
        .hasMessageContaining("because of an error inside this kit: java.lang.NoClassDefFoundError")
        .hasCauseInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  @DisplayName("a fake does not start, throws the error itself, and leaves no thread")
  void fake() throws Exception {
    assertThat(thrownWithout(TOKENS, Starting.class))
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("SignedTokens");

    assertThat(Thread.getAllStackTraces().keySet())
        .as("threads of that fake")
        .noneMatch(
            each ->
                each.getContextClassLoader() instanceof Lacking loader
                    && loader.missing.equals(TOKENS));
  }

  private static Throwable thrownWithout(
      String missing, Class<? extends Callable<Throwable>> scenario) throws Exception {
    Thread current = Thread.currentThread();
    ClassLoader usual = current.getContextClassLoader();
    try (Lacking loader = new Lacking(missing)) {
      current.setContextClassLoader(loader);
      var constructor = loader.loadClass(scenario.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Throwable) ((Callable<?>) constructor.newInstance()).call();
    } finally {
      current.setContextClassLoader(usual);
    }
  }

  /** Loads everything but the JDK itself anew, but for one class. */
  private static final class Lacking extends URLClassLoader {
    private final String missing;

    Lacking(String missing) throws IOException {
      super(classPath(), ClassLoader.getPlatformClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }

    private static URL[] classPath() throws IOException {
      List<URL> urls = new ArrayList<>();
      for (String each :
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
              .split(File.pathSeparator, -1)) {
        urls.add(new File(each).toURI().toURL());
      }
      return urls.toArray(URL[]::new);
    }
  }
}
