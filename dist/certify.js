function t(i){return i}export{t as defineCertification};
