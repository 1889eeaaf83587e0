/** Opens its tests to JUnit and Jackson. */
open module io.github.webpubsubtestkit.it.modulepath {
  requires com.fasterxml.jackson.databind;
  requires io.github.webpubsubtestkit;
  requires org.assertj.core;
  requires org.java_websocket;
  requires org.junit.jupiter.api;
}
