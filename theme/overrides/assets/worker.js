/* Opened from a folder (file:), a browser refuses workers. The search then runs in a hidden frame that looks like one. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  function FrameWorker(url) {
    var self = this, waiting = [], ready = false, base = new URL(url, document.baseURI);
    var frame = document.createElement("iframe");
    frame.hidden = true;
    frame.title = "Search worker";
    (document.body || document.documentElement).appendChild(frame);
    var inside = frame.contentWindow;
    this.target = document.createElement("span");
    this.onmessage = null;

    inside.postMessage = function (data) {
      var event = new MessageEvent("message", { data: data });
      self.target.dispatchEvent(event);
      if (self.onmessage) self.onmessage(event);
    };
    inside.importScripts = function () {
      return Array.prototype.reduce.call(arguments, function (before, source) {
        return before.then(function () { return load(source); });
      }, Promise.resolve());
    };

    function load(source) {
      return new Promise(function (resolve, reject) {
        var script = inside.document.createElement("script");
        script.src = new URL(source, base);
        script.onload = resolve;
        script.onerror = reject;
        (inside.document.body || inside.document.documentElement).appendChild(script);
      });
    }
    function deliver(data) {
      inside.dispatchEvent(new inside.MessageEvent("message", { data: data }));
    }
    this.postMessage = function (data) {
      if (ready) deliver(data); else waiting.push(data);
    };
    this.terminate = function () { frame.remove(); };
    load(base).then(function () {
      ready = true;
      waiting.forEach(deliver);
    });
  }
  ["addEventListener", "removeEventListener"].forEach(function (name) {
    FrameWorker.prototype[name] = function () { this.target[name].apply(this.target, arguments); };
  });
  window.Worker = FrameWorker;
})();
