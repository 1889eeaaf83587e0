package com.example.faults;

import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.service.Fault;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of faults that outside clients meet. A fault that none of them meets fails it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WebPubSubTest
@ExtendWith(OutsideClients.Extension.class)
@Timeout(60)
@interface Faulty {

  /** Waits. */
  final class Until {

    private Until() {}

    /** Waits until the fault was met. */
    static void met(Fault<?> fault) {
      Awaitility.await(fault.toString()).until(() -> fault.timesMet() > 0);
    }
  }
}
