package io.github.webpubsubtestkit.internal.bundled.slf4j;

import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * Takes the place of SLF4J's class of the same name in the kit's jar, where Java-WebSocket finds
 * it: nobody logs there. SLF4J's own would search all jars of the class path for somebody who does,
 * which takes as long as a fake, two clients and their message.
 */
public final class LoggerFactory {

  private LoggerFactory() {}

  /** A logger that drops everything. */
  public static Logger getLogger(Class<?> any) {
    return NOPLogger.NOP_LOGGER;
  }

  /** A logger that drops everything. */
  public static Logger getLogger(String any) {
    return NOPLogger.NOP_LOGGER;
  }
}
