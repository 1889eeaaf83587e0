package io.github.webpubsubtestkit.internal.hub;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Carries out what servers ask (rest-api 7), over REST and in tests alike. */
public final class DataPlane {

  private final Hubs hubs;
  private final Pending held = new Pending();
  private final List<Interceptor> interceptors = new CopyOnWriteArrayList<>();

  /** A data plane without interceptors. */
  public DataPlane(Hubs hubs) {
    this.hubs = hubs;
  }

  /** The requests that interceptors hold back. */
  public Pending held() {
    return held;
  }

  /** The hubs whose connections it is about. */
  public Hubs hubs() {
    return hubs;
  }

  /** Carries out a request; when this returns, all it caused has been handed to the receivers. */
  public Outcome execute(ServerRequest request) {
    return request.carryOut(hubs);
  }

  /** Asks an interceptor about each request from now on, after those that were there before. */
  public void add(Interceptor interceptor) {
    interceptors.add(interceptor);
  }

  /** Asks an interceptor about no further request; those that it holds back stay with it. */
  public void remove(Interceptor interceptor) {
    interceptors.remove(interceptor);
  }

  /** Returns whether anybody wants to be asked about requests. */
  public boolean hasInterceptors() {
    return !interceptors.isEmpty();
  }

  /**
   * Hands a request to the first interceptor that takes it over.
   *
   * @param asked the request as it would be recorded if it were carried out
   * @param call told what to do with it, at once or later
   * @return false if none takes it over
   */
  public boolean intercept(RecordedOperation asked, InterceptedCall call) {
    for (Interceptor interceptor : interceptors) {
      HeldCall intercepted = new HeldCall(asked, interceptor, call);
      held.begin(intercepted);
      boolean taken = false;
      try {
        taken = interceptor.intercept(asked, intercepted);
      } finally {
        if (!taken) {
          held.end(intercepted);
        }
      }
      if (taken) {
        return true;
      }
    }
    return false;
  }

  /** A request that is under way until its interceptor has said what to do with it. */
  private final class HeldCall implements InterceptedCall {

    private final RecordedOperation asked;
    private final Interceptor interceptor;
    private final InterceptedCall call;

    HeldCall(RecordedOperation asked, Interceptor interceptor, InterceptedCall call) {
      this.asked = asked;
      this.interceptor = interceptor;
      this.call = call;
    }

    @Override
    public void proceed() {
      done(call::proceed);
    }

    @Override
    public void answer(int status, List<Map.Entry<String, String>> headers) {
      done(() -> call.answer(status, headers));
    }

    @Override
    public void drop() {
      done(call::drop);
    }

    private void done(Runnable action) {
      try {
        action.run();
      } finally {
        held.end(this);
      }
    }

    /** For who waits for an answer to it. */
    @Override
    public String toString() {
      return asked.details().request() + ", held back by the fault \"" + interceptor + "\"";
    }
  }
}
