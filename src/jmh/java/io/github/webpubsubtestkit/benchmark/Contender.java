package io.github.webpubsubtestkit.benchmark;

/** One way to do a work. */
interface Contender {

  /** Its name on the console. */
  String name();

  /** Measures once, in a JVM of its own. */
  double measure() throws Exception;

  static Contender score(String benchmark) {
    return score(benchmark, 3); // connecting takes thousands of times to be compiled
  }

  static Contender score(String benchmark, int warmUpSeconds) {
    return new JmhContender(benchmark, JmhContender.Measures.SCORE, warmUpSeconds);
  }

  static Contender figure(String benchmark) {
    return new JmhContender(benchmark, JmhContender.Measures.FIGURE, 0);
  }
}
