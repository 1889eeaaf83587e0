package io.github.webpubsubtestkit.benchmark.work;

import org.junit.platform.launcher.core.LauncherFactory;

/** A JVM of its own: JUnit's launcher runs the first 100 tests. */
public final class Suite {

  private Suite() {}

  /**
   * Runs.
   *
   * @param args a class of {@link HundredTests}, by its simple name
   */
  public static void main(String[] args) throws Exception {
    HundredTests.run(
        LauncherFactory.create(), Class.forName(HundredTests.class.getName() + '$' + args[0]));
    System.out.println(ChildJvm.DONE);
    System.in.read(); // until the parent has read how much processor time it took
  }
}
